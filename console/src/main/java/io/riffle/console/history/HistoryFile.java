package io.riffle.console.history;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The file that has traces over a restart. It is written beside itself and takes its place as a
 * whole; gzip's checksum tells whether it is. For one thread.
 */
final class HistoryFile {
  private static final int MAGIC = 0x52694869;
  private static final int VERSION = 1;
  private static final int END = 0;
  private static final int MOST_BYTES = 1 << 20; // of a trace; 10 kB are usual
  private static final int BUFFER = 64 * 1024;

  private final Path file;

  HistoryFile(Path file) {
    this.file = file;
  }

  /** Writes what all of them keep. */
  void write(List<? extends Remembering> all) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileOutputStream raw = new FileOutputStream(fresh.toFile());
        QuickGzip gzip = new QuickGzip(raw);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(gzip, BUFFER))) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      Numbers buffer = new Numbers();
      for (Remembering one : all) {
        one.tell(trace -> add(trace, buffer, out));
      }
      out.writeInt(END);
      out.flush();
      gzip.finish();
      raw.getFD().sync(); // else a power cut leaves an empty file in the place of a good one
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void add(Trace trace, Numbers buffer, DataOutputStream out) throws IOException {
    buffer.clear();
    TraceCodec.write(trace, buffer);
    if (buffer.length() <= MOST_BYTES) {
      out.writeInt(buffer.length());
      out.write(buffer.bytes(), 0, buffer.length());
    }
  }

  /**
   * Hands on all traces of the file, without holding them.
   *
   * @return how many
   * @throws IOException when it is damaged, or of another version; that may show at its end only
   */
  int read(Remembering.Sink sink) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(
                new GZIPInputStream(Files.newInputStream(file), BUFFER), BUFFER))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("no history of a console");
      }
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException("version " + version + ", not " + VERSION);
      }
      int traces = 0;
      for (int length = in.readInt(); length != END; length = in.readInt()) {
        sink.accept(TraceCodec.read(new Numbers(bytes(in, length))));
        traces++;
      }
      if (in.read() >= 0) { // reads on to the checksum, too
        throw new IOException("something behind its end");
      }
      return traces;
    }
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("no length");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Once a minute it is about time, not about bytes. */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
