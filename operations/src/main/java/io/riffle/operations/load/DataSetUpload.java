package io.riffle.operations.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Uploads a folder as the feed does: data files first, manifests last, each with its MD5 as the
 * metadata {@code md5chksum}.
 */
public final class DataSetUpload {

  private static final Pattern MANIFEST = Pattern.compile("\\d+_manifest\\.xml");
  private static final String LIST = "manifestlist.done";
  private static final String MD5 = "md5chksum";
  private static final int BUFFER = 1 << 16;

  private final S3Client s3;
  private final String bucket;

  public DataSetUpload(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /**
   * The keys that the folder's manifests will have.
   *
   * @throws LoadException when the folder has no manifest, or manifests of several data sets
   * @throws IOException when a file cannot be read
   */
  public List<String> manifestKeys(Path folder) throws IOException {
    List<Path> manifests = manifests(folder);
    String prefix = prefix(folder, manifests);
    return manifests.stream().map(manifest -> key(prefix, manifest)).toList();
  }

  /** Names of files that are in S3 already, with other content than the folder's. */
  Set<String> changed(Path folder) throws IOException {
    String prefix = prefix(folder, manifests(folder));
    Set<String> changed = new TreeSet<>();
    for (Path file : regularFiles(folder)) {
      Optional<String> there = md5InS3(key(prefix, file));
      if (there.isPresent() && !there.get().equals(md5(file))) {
        changed.add(name(file));
      }
    }
    return changed;
  }

  /** What an upload of ours told of the object; empty when it is not there or came otherwise. */
  private Optional<String> md5InS3(String key) {
    try {
      return Optional.ofNullable(
          s3.headObject(head -> head.bucket(bucket).key(key)).metadata().get(MD5));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  /** Uploads all files of a folder. */
  public void upload(Path folder) throws IOException {
    uploadAllButManifests(folder);
    uploadManifests(folder);
  }

  /** Uploads what the loader does not look at before its manifest is there. */
  public void uploadAllButManifests(Path folder) throws IOException {
    List<Path> manifests = manifests(folder);
    String prefix = prefix(folder, manifests);
    List<Path> files = new ArrayList<>(regularFiles(folder));
    files.removeAll(manifests);
    files.sort(Comparator.comparing(DataSetUpload::isList));
    for (Path file : files) {
      put(file, key(prefix, file));
    }
  }

  /** Uploads what makes the loader begin. */
  public void uploadManifests(Path folder) throws IOException {
    List<Path> manifests = manifests(folder);
    String prefix = prefix(folder, manifests);
    for (Path manifest : manifests) {
      put(manifest, key(prefix, manifest));
    }
  }

  private static String key(String prefix, Path file) {
    return prefix + "/" + name(file);
  }

  private static List<Path> manifests(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new LoadException(folder + " is not a folder");
    }
    List<Path> manifests =
        regularFiles(folder).stream().filter(f -> MANIFEST.matcher(name(f)).matches()).toList();
    if (manifests.isEmpty()) {
      throw new LoadException(folder + " has no manifest; one is called <number>_manifest.xml");
    }
    return manifests;
  }

  private static String prefix(Path folder, List<Path> manifests) throws IOException {
    List<String> prefixes = new ArrayList<>();
    for (Path manifest : manifests) {
      String prefix = DataSetFolder.of(manifest);
      if (!prefixes.contains(prefix)) {
        prefixes.add(prefix);
      }
    }
    if (prefixes.size() > 1) {
      throw new LoadException(folder + " has manifests of several data sets: " + prefixes);
    }
    return prefixes.get(0);
  }

  private static boolean isList(Path file) {
    return name(file).toLowerCase(Locale.ROOT).equals(LIST);
  }

  private void put(Path file, String key) throws IOException {
    String md5 = md5(file);
    s3.putObject(
        put -> put.bucket(bucket).key(key).metadata(Map.of(MD5, md5)), RequestBody.fromFile(file));
  }

  /** Of the content; for a {@code .gz} file of what is in it. */
  private static String md5(Path file) throws IOException {
    MessageDigest digest = md5();
    try (InputStream stored = Files.newInputStream(file);
        InputStream content = name(file).endsWith(".gz") ? new GZIPInputStream(stored) : stored;
        InputStream digested = new DigestInputStream(content, digest)) {
      byte[] buffer = new byte[BUFFER];
      while (digested.read(buffer) >= 0) {
        // reading feeds the digest
      }
    } catch (ZipException | EOFException e) {
      throw new LoadException(file + " is no whole gzip file: " + e.getMessage(), e);
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static List<Path> regularFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
