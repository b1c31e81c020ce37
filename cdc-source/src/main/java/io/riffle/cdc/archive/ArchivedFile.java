package io.riffle.cdc.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.avro.Schema;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** A closed file of the archive. */
record ArchivedFile(ArchiveStore store, String objectKey, Manifest manifest) {

  /** Takes a row of a file, without the header. */
  interface RowTaker {
    void take(List<String> cells) throws IOException;
  }

  String address() {
    return store.address(objectKey);
  }

  /** The newest of its rows. */
  int epoch() {
    return Stream.of(manifest.first(), manifest.last())
        .filter(Objects::nonNull)
        .mapToInt(Position::epoch)
        .max()
        .orElse(0);
  }

  int firstEpoch() {
    return manifest.first() == null ? 0 : manifest.first().epoch();
  }

  /** Columns of the table's key, sorted; none where no row has one. */
  Set<String> key() {
    return keySchema().stream()
        .flatMap(schema -> schema.getFields().stream())
        .map(AvroFields::column)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Optional<Schema> keySchema() {
    return Optional.ofNullable(manifest.keySchema())
        .filter(schema -> !schema.isNull())
        .map(schema -> new Schema.Parser().parse(schema.toString()));
  }

  /** Looks at every byte; what is wrong with it, if anything. */
  Optional<String> problem() {
    if (manifest.format() != Manifest.FORMAT) {
      return problem("its manifest has format " + manifest.format());
    }
    try {
      Checked checked = new Checked();
      String sha256 = read(checked);
      if (!sha256.equals(manifest.sha256())) {
        return problem("its checksum is not that of its manifest");
      }
      return checked.rows == manifest.rows()
          ? Optional.empty()
          : problem("it has " + checked.rows + " rows, its manifest " + manifest.rows());
    } catch (NoSuchKeyException e) {
      return problem("it is not there, its manifest is");
    } catch (ZipException | CharacterCodingException | CsvText.MalformedException e) {
      return problem("it is damaged");
    } catch (IOException e) {
      return problem("it could not be read to its end");
    }
  }

  /** Gives every row; the file was looked at before. */
  void forEachRow(RowTaker taker) throws IOException {
    if (!read(taker).equals(manifest.sha256())) {
      throw new IOException(objectKey + " has changed while it was loaded");
    }
  }

  /** Reads the whole object and gives its checksum. */
  private String read(RowTaker taker) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(store.read(objectKey), digest);
        BufferedReader text =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(in), StandardCharsets.UTF_8.newDecoder()))) {
      if (!header().equals(CsvText.read(text))) {
        throw new CsvText.MalformedException();
      }
      for (List<String> cells = CsvText.read(text); cells != null; cells = CsvText.read(text)) {
        taker.take(cells);
      }
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private List<String> header() {
    return Stream.concat(manifest.columns().stream(), RowText.OWN.stream()).toList();
  }

  private Optional<String> problem(String text) {
    return Optional.of(address() + ": " + text);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private final class Checked implements RowTaker {
    private long rows;

    @Override
    public void take(List<String> cells) throws IOException {
      if (cells.size() != manifest.columns().size() + RowText.OWN.size()) {
        throw new CsvText.MalformedException();
      }
      rows++;
    }
  }
}
