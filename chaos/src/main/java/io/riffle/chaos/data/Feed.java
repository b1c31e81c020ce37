package io.riffle.chaos.data;

import io.riffle.operations.load.DataSetUpload;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Delivers sets, again and again until they are there: S3 and Postgres may be down. */
public final class Feed {

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** What has come to its end is taken up again by its own attempt number. */
  private static final String LOAD_AGAIN =
      """
      SELECT riffle.change_file_state(f.file_id, 'DISCOVERED')
        FROM riffle.files f JOIN ${tables}.s3_manifest_files m USING (manifest_id)
       WHERE m.s3_key = ANY (?) AND f.state = 'COMPLETED'
      """;

  private final S3Client s3;
  private final String bucket;
  private final DataSource database;
  private final String loadAgain;

  public Feed(S3Client s3, String bucket, DataSource database, String tables) {
    this.s3 = s3;
    this.bucket = bucket;
    this.database = database;
    this.loadAgain = LOAD_AGAIN.replace("${tables}", tables);
  }

  /** Keys of a set's manifests. */
  public List<String> manifests(ChaosSet set) throws IOException {
    return uploader().manifestKeys(set.folder());
  }

  /** Uploads a set: its files, then its manifest. */
  public void upload(ChaosSet set, Duration patience) throws Exception {
    Path folder = set.folder();
    insist(
        patience,
        () -> {
          uploader().upload(folder);
          return null;
        });
  }

  /** Has the files of a set loaded once more, those that have come to their end. */
  public void loadAgain(ChaosSet set, Duration patience) throws Exception {
    List<String> manifests = manifests(set);
    insist(
        patience,
        () -> {
          requestLoad(manifests);
          return null;
        });
  }

  private void requestLoad(List<String> manifests) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement again = connection.prepareStatement(loadAgain)) {
      again.setArray(1, connection.createArrayOf("text", manifests.toArray()));
      again.execute();
    }
  }

  private static void insist(Duration patience, Callable<Void> delivery) throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        delivery.call();
        return;
      } catch (SdkException | IOException | SQLException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private DataSetUpload uploader() {
    return new DataSetUpload(s3, bucket);
  }
}
