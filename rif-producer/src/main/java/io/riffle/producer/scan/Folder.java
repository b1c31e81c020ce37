package io.riffle.producer.scan;

import io.riffle.producer.s3.ListedObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The objects of one data set folder, as a listing showed them. */
final class Folder {

  private final String path;
  private final Instant listedAt;
  private final List<ListedObject> objects = new ArrayList<>();
  private final List<ListedObject> manifests = new ArrayList<>();

  /**
   * @param path the key up to the slash behind the folder's name
   * @param listedAt when S3 was asked for the first of the objects, by its clock if it says
   */
  Folder(String path, Instant listedAt) {
    this.path = path;
    this.listedAt = listedAt;
  }

  String path() {
    return path;
  }

  Instant listedAt() {
    return listedAt;
  }

  void add(ListedObject object) {
    objects.add(object);
  }

  List<ListedObject> objects() {
    return objects;
  }

  /** Says that one of the objects is a manifest. */
  void addManifest(ListedObject manifest) {
    manifests.add(manifest);
  }

  /** Those of the objects that are manifests, in key order. */
  List<ListedObject> manifests() {
    return manifests;
  }

  /** The first object whose file name is wanted. */
  Optional<ListedObject> find(Predicate<String> wanted) {
    return objects.stream().filter(object -> wanted.test(fileName(object))).findFirst();
  }

  /** An object's key below the folder. */
  String fileName(ListedObject object) {
    return object.key().substring(path.length());
  }

  Set<String> keys() {
    Set<String> keys = new HashSet<>();
    objects.forEach(object -> keys.add(object.key()));
    return keys;
  }
}
