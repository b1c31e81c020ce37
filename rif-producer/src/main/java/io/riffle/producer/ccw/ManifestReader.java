package io.riffle.producer.ccw;

import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.manifest.ManifestReading.Accepted;
import io.riffle.producer.manifest.ManifestReading.Refused;
import io.riffle.producer.manifest.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads manifests of version 9 and 10. Bytes from outside are hostile until shown otherwise: a
 * DOCTYPE ends the reading before anything it says is looked at, so there are no entities to
 * expand, and no file or address is ever opened. The format is checked by hand rather than by an
 * XSD, because the message shall name the attribute, in English, whatever the locale. Safe for use
 * by several threads.
 */
final class ManifestReader {

  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
  private static final String NO_GENERAL_ENTITIES =
      "http://xml.org/sax/features/external-general-entities";
  private static final String NO_PARAMETER_ENTITIES =
      "http://xml.org/sax/features/external-parameter-entities";

  /** Reads the bytes of the manifest that stands at {@code key}. */
  ManifestReading read(ManifestKey key, byte[] xml) {
    ManifestHandler handler = new ManifestHandler(key);
    try {
      parser().parse(new ByteArrayInputStream(xml), handler);
      return new Accepted(handler.manifest());
    } catch (ManifestProblem e) {
      return refused(key, e.reason(), e.getMessage(), xml);
    } catch (SAXParseException e) {
      return refused(key, Refusal.MANIFEST_SYNTAX, syntax(e, xml), xml);
    } catch (SAXException e) {
      return refused(key, Refusal.MANIFEST_SYNTAX, "not well-formed XML", xml);
    } catch (IOException e) {
      // The bytes are in memory: what fails is their encoding.
      String what = "bytes that are not in the stated encoding";
      return refused(key, Refusal.MANIFEST_SYNTAX, what, xml);
    }
  }

  /** The parser's own message is in the machine's language and may quote the text. */
  private static String syntax(SAXParseException e, byte[] xml) {
    boolean doctype = new String(xml, StandardCharsets.ISO_8859_1).contains("<!DOCTYPE");
    return String.format(
        Locale.ROOT,
        "line %d, column %d: %s",
        e.getLineNumber(),
        e.getColumnNumber(),
        doctype ? "a DOCTYPE is not allowed" : "not well-formed XML");
  }

  private static Refused refused(ManifestKey key, Refusal reason, String detail, byte[] xml) {
    return new Refused(reason, key.fileName() + ", " + detail, names(xml));
  }

  private static Set<String> names(byte[] xml) {
    EntryNames names = new EntryNames();
    try {
      parser().parse(new ByteArrayInputStream(xml), names);
    } catch (SAXException | IOException e) {
      // It is refused already; what came before the end of its XML is what there is.
    }
    return names.names();
  }

  private static SAXParser parser() {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
      factory.setFeature(NO_DOCTYPE, true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_GENERAL_ENTITIES, false);
      factory.setFeature(NO_PARAMETER_ENTITIES, false);
      factory.setXIncludeAware(false);
      factory.setValidating(false);
      SAXParser parser = factory.newSAXParser();
      parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      return parser;
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("this JVM's XML parser cannot be made safe", e);
    }
  }
}
