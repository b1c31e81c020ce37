package io.riffle.operations.load;

import io.riffle.operations.client.Outage;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Loads a data set and waits for its end. What an operator names is wanted whatever its age, so the
 * load is also requested in the ledger.
 */
public final class DataSetLoad {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MOST_FILES = 10_000;

  private final S3Client s3;
  private final String bucket;
  private final DataSource database;
  private final Ledger ledger;

  public DataSetLoad(S3Client s3, String bucket, DataSource database, Ledger ledger) {
    this.s3 = s3;
    this.bucket = bucket;
    this.database = database;
    this.ledger = ledger;
  }

  /**
   * Uploads a folder and requests its load.
   *
   * @return the S3 keys of its manifests
   * @throws LoadException when a file would be written over that was loaded from other content, so
   *     that its rejects could not be redriven any more
   */
  public List<String> upload(Path folder) throws IOException, SQLException {
    DataSetUpload upload = new DataSetUpload(s3, bucket);
    List<String> manifests = upload.manifestKeys(folder);
    requireUnchanged(upload.changed(folder), manifests);
    request(manifests); // first: else a scan between the two would call an old set TOO_OLD
    upload.upload(folder);
    return manifests;
  }

  private void requireUnchanged(Set<String> changed, List<String> manifests) throws SQLException {
    List<String> names =
        files(manifests).stream()
            .filter(file -> file.loaded() || (file.totals().isPresent() && file.moving()))
            .flatMap(file -> file.file().stream())
            .filter(changed::contains)
            .distinct()
            .toList();
    if (!names.isEmpty()) {
      throw new LoadException(
          "loaded already, with other content than the folder's: "
              + String.join(", ", names)
              + "; nothing was uploaded. What is to replace it is a data set of its own, with a later"
              + " timestamp");
    }
  }

  /**
   * Requests the load of manifests that are in S3 already.
   *
   * @param prefix the key of a manifest, or of a folder
   * @return the S3 keys of the manifests
   * @throws LoadException when there is none
   */
  public List<String> find(String prefix) throws SQLException {
    List<String> manifests = manifests(prefix);
    request(manifests);
    return manifests;
  }

  /**
   * The S3 keys of the manifests that a folder would be uploaded with; requests nothing.
   *
   * @throws LoadException when it has none
   */
  public List<String> manifests(Path folder) throws IOException {
    return new DataSetUpload(s3, bucket).manifestKeys(folder);
  }

  /**
   * The S3 keys of the manifests that are there already; requests nothing.
   *
   * @param prefix as of {@link #find}
   * @throws LoadException when there is none
   */
  public List<String> manifests(String prefix) {
    List<String> manifests = new ArrayList<>();
    s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
        .map(object -> object.key())
        .filter(key -> key.endsWith("_manifest.xml"))
        .forEach(manifests::add);
    if (manifests.isEmpty()) {
      throw new LoadException("no manifest under s3://" + bucket + "/" + prefix);
    }
    return manifests;
  }

  private void request(List<String> manifests) throws SQLException {
    manifests.forEach(DataSetFolder::requireWatched);
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO riffle.load_requests (bucket, s3_key) VALUES (?, ?)"
                    + " ON CONFLICT (bucket, s3_key) DO UPDATE SET requested_at = now()")) {
      for (String manifest : manifests) {
        insert.setString(1, bucket);
        insert.setString(2, manifest);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Waits until none of the manifests' files is on its way any more.
   *
   * @param progress is told the files' state at each look
   * @throws LoadException when that takes longer than {@code patience} without any progress; an
   *     outage of Postgres is no error before
   */
  public List<FileStatus> await(
      List<String> manifests, Duration patience, Consumer<List<FileStatus>> progress)
      throws SQLException, InterruptedException {
    List<FileStatus> last = List.of();
    long movedAt = System.nanoTime();
    while (true) {
      List<FileStatus> before = last;
      List<FileStatus> files = Outage.answer(() -> files(manifests), before);
      progress.accept(files);
      if (allSeen(manifests, files) && files.stream().noneMatch(DataSetLoad::isOnItsWay)) {
        return files;
      }
      if (!counts(files).equals(counts(last))) {
        movedAt = System.nanoTime();
      } else if (System.nanoTime() - movedAt > patience.toNanos()) {
        throw new LoadException(
            "no progress for " + patience.toSeconds() + " s; see riffle status and riffle files");
      }
      last = files;
      Thread.sleep(POLL.toMillis());
    }
  }

  /** What was too old is not any more: its load is requested, and the next scan takes it up. */
  private static boolean isOnItsWay(FileStatus file) {
    boolean stuck = file.totals().flatMap(FileStatus.Totals::problem).isPresent();
    return file.moving() || (file.state().equals("TOO_OLD") && !stuck);
  }

  private List<FileStatus> files(List<String> manifests) throws SQLException {
    List<FileStatus> files = new ArrayList<>();
    for (String manifest : manifests) {
      files.addAll(ledger.files(Optional.of(manifest), MOST_FILES));
    }
    return files;
  }

  private static boolean allSeen(List<String> manifests, List<FileStatus> files) {
    return files.stream().map(FileStatus::manifest).distinct().count() == manifests.size();
  }

  /** What tells progress: states and records done, without the clock. */
  private static List<String> counts(List<FileStatus> files) {
    return files.stream()
        .map(f -> f.state() + f.totals().map(totals -> "/" + totals.done()).orElse(""))
        .toList();
  }
}
