package io.riffle.producer.scan;

import io.riffle.producer.s3.ListedObject;
import io.riffle.producer.s3.ListedPage;
import io.riffle.producer.s3.ObjectStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts a listing, which comes in key order, into folders, so that no more than one folder is held
 * at a time.
 */
final class Folders {

  private final String prefix;
  private final Clock clock;
  private final Consumer<Folder> each;
  private Optional<Folder> beside = Optional.empty();
  private Folder current;

  private Folders(String prefix, Clock clock, Consumer<Folder> each) {
    this.prefix = prefix;
    this.clock = clock;
    this.each = each;
  }

  /**
   * Hands over every folder right under the prefix.
   *
   * @param clock stands in for the server's where that does not tell the time
   * @return the objects that lie under the prefix itself, in no folder, if there are any
   */
  static Optional<Folder> list(
      ObjectStore store, String prefix, Clock clock, Consumer<Folder> each) {
    Folders folders = new Folders(prefix, clock, each);
    store.list(prefix, folders::add);
    folders.handOver();
    return folders.beside;
  }

  private void add(ListedPage page) {
    Instant at = page.at().orElseGet(clock::instant);
    page.objects().forEach(object -> add(object, at));
  }

  private void add(ListedObject object, Instant at) {
    int slash = object.key().indexOf('/', prefix.length());
    if (slash < 0) {
      beside = beside.or(() -> Optional.of(new Folder(prefix, at)));
      beside.get().add(object);
      return;
    }
    String path = object.key().substring(0, slash + 1);
    if (current == null || !current.path().equals(path)) {
      handOver();
      current = new Folder(path, at);
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
