package io.riffle.producer.scan;

import io.riffle.producer.s3.ListedObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The objects of one data set folder, as a listing showed them. */
final class Folder {

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

  /** The first object whose file name is wanted. */
  Optional<ListedObject> find(Predicate<String> wanted) {
    return objects.stream()
        .filter(object -> wanted.test(object.key().substring(path.length())))
        .findFirst();
  }

  Set<String> keys() {
    Set<String> keys = new HashSet<>();
    objects.forEach(object -> keys.add(object.key()));
    return keys;
  }
}
