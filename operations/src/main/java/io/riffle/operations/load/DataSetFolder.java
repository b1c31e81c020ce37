package io.riffle.operations.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The S3 folder that a manifest belongs into. Looks at the root element only; whether the manifest
 * is valid is the loader's to say, so that the ledger shows it.
 */
final class DataSetFolder {

  private static final Pattern WATCHED =
      Pattern.compile("(Synthetic/)?Incoming/(?<instant>[^/]+Z)/\\d{1,18}_manifest\\.xml");

  private DataSetFolder() {}

  /**
   * The loader never looks elsewhere, so that the ledger would stay silent.
   *
   * @throws LoadException when no loader would find a manifest under that key
   */
  static void requireWatched(String key) {
    Matcher matcher = WATCHED.matcher(key);
    if (!matcher.matches() || !isInstant(matcher.group("instant"))) {
      throw new LoadException(
          key
              + " is not where Riffle looks for a manifest: Incoming/<instant>/<number>_manifest.xml"
              + ", the instant being the manifest's timestamp, such as 2026-11-20T10:00:00Z");
    }
  }

  private static boolean isInstant(String text) {
    try {
      return Instant.parse(text).toString().substring(0, 10).equals(text.substring(0, 10));
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** {@code Incoming/<timestamp>}, or {@code Synthetic/Incoming/<timestamp>}. */
  static String of(Path manifest) throws IOException {
    try (InputStream in = Files.newInputStream(manifest)) {
      XMLStreamReader root = root(in);
      String timestamp = root.getAttributeValue(null, "timestamp");
      if (timestamp == null || timestamp.isBlank()) {
        throw new LoadException(manifest + ": the root element has no timestamp");
      }
      boolean synthetic = Boolean.parseBoolean(root.getAttributeValue(null, "syntheticData"));
      return (synthetic ? "Synthetic/Incoming/" : "Incoming/") + timestamp.strip();
    } catch (XMLStreamException e) {
      throw new LoadException(manifest + " is not well-formed XML", e);
    }
  }

  private static XMLStreamReader root(InputStream in) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(in);
    while (reader.getEventType() != XMLStreamConstants.START_ELEMENT) {
      reader.next();
    }
    return reader;
  }
}
