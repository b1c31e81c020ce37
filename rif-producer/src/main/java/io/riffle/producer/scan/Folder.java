package io.riffle.producer.scan;

import io.riffle.producer.s3.ListedObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The objects of one data set folder, as a listing showed them. */
final class Folder {

  private static final String LIST_NAME = "manifestlist.done";

  private final String path;
  private final List<ListedObject> objects = new ArrayList<>();

  /**
   * @param path the key up to the slash behind the folder's name
   */
  Folder(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  void add(ListedObject object) {
    objects.add(object);
  }

  List<ListedObject> objects() {
    return objects;
  }

  /** The list of the set's manifests; its name may be in any case. */
  Optional<ListedObject> list() {
    return objects.stream().filter(object -> isList(object.key())).findFirst();
  }

  Set<String> keys() {
    Set<String> keys = new HashSet<>();
    objects.forEach(object -> keys.add(object.key()));
    return keys;
  }

  private boolean isList(String key) {
    return key.substring(path.length()).toLowerCase(Locale.ROOT).equals(LIST_NAME);
  }
}
