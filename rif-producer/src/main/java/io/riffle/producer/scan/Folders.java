package io.riffle.producer.scan;

import io.riffle.producer.s3.ListedObject;
import io.riffle.producer.s3.ObjectStore;
import java.util.function.Consumer;

/**
 * Cuts a listing, which comes in key order, into folders, so that no more than one folder is held
 * at a time.
 */
final class Folders {

  private final String prefix;
  private final Consumer<Folder> each;
  private Folder current;

  private Folders(String prefix, Consumer<Folder> each) {
    this.prefix = prefix;
    this.each = each;
  }

  /** Hands over every folder right under the prefix. */
  static void list(ObjectStore store, String prefix, Consumer<Folder> each) {
    Folders folders = new Folders(prefix, each);
    store.list(prefix, folders::add);
    folders.handOver();
  }

  private void add(ListedObject object) {
    int slash = object.key().indexOf('/', prefix.length());
    if (slash < 0) {
      return; // beside the folders
    }
    String path = object.key().substring(0, slash + 1);
    if (current == null || !current.path().equals(path)) {
      handOver();
      current = new Folder(path);
    }
    current.add(object);
  }

  private void handOver() {
    if (current != null) {
      each.accept(current);
      current = null;
    }
  }
}
