package io.riffle.cdc.archive;

import io.riffle.cdc.archive.Manifest.Skipped;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A file that is being written on the local disk, of events of one run. Its bytes are a function of
 * the events: written again, it is the same file. For one thread at a time.
 */
final class OpenFile implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Run run;
  private final RowText rows;
  private final Instant begun;
  private final Path path;
  private final MessageDigest digest;
  private final Writer writer;
  private final List<Skipped> skipped = new ArrayList<>();
  private final long firstOffset;
  private long lastOffset;
  private long count;
  private Position first;
  private Position last;

  private OpenFile(Run run, long firstOffset, Instant begun, Path path) throws IOException {
    this.run = run;
    this.rows = new RowText(run);
    this.begun = begun;
    this.path = path;
    this.firstOffset = firstOffset;
    this.lastOffset = firstOffset - 1;
    this.digest = sha256();
    // Java writes no time and no name into the head of a gzip stream
    GZIPOutputStream gzip =
        new GZIPOutputStream(new DigestOutputStream(Files.newOutputStream(path), digest), BUFFER);
    this.writer = new BufferedWriter(new OutputStreamWriter(gzip, StandardCharsets.UTF_8), BUFFER);
    CsvText.write(writer, rows.header());
  }

  /** Begins a file with the event of this offset. */
  static OpenFile begin(Run run, long firstOffset, Path folder) throws IOException {
    Path path = Files.createTempFile(folder, "cdc-archive", Manifest.FILE_ENDING);
    return new OpenFile(run, firstOffset, Instant.now(), path);
  }

  Run run() {
    return run;
  }

  void add(Event event, byte[] key, long offset) throws IOException {
    CsvText.write(writer, rows.of(event, key, offset));
    if (first == null) {
      first = event.position();
    }
    last = event.position();
    lastOffset = offset;
    count++;
  }

  /** A record of the run that is no event. */
  void skip(long offset, String reason) {
    skipped.add(new Skipped(offset, reason));
    lastOffset = offset;
  }

  /** A record of the run that needs no place in the archive. */
  void pass(long offset) {
    lastOffset = offset;
  }

  boolean isDue(ArchiveConfig.Limits limits, Instant now) throws IOException {
    return count + skipped.size() >= limits.rows()
        || Files.size(path) >= limits.bytes()
        || !begun.plus(limits.age()).isAfter(now);
  }

  /** Writes the rest to the disk; nothing may be added any more. */
  Manifest finish() throws IOException {
    writer.close();
    return run.manifest(
        new Run.Written(
            count,
            Files.size(path),
            HexFormat.of().formatHex(digest.digest()),
            firstOffset,
            lastOffset,
            first,
            last,
            skipped));
  }

  Path path() {
    return path;
  }

  /** Deletes the local file. */
  @Override
  public void close() throws IOException {
    writer.close();
    Files.deleteIfExists(path);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
