package io.riffle.producer.ccw;

import io.riffle.producer.manifest.Manifest;
import io.riffle.producer.manifest.ManifestEntry;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Checks each element as it comes; used once. */
final class ManifestHandler extends DefaultHandler {

  private static final String NAMESPACES = "http://cms.hhs.gov/bluebutton/api/schema/ccw-rif/";
  private static final Set<String> VERSIONS = Set.of(NAMESPACES + "v9", NAMESPACES + "v10");
  private static final Set<String> TYPES =
      Set.of(
          "BENEFICIARY",
          "BENEFICIARY_HISTORY",
          "CARRIER",
          "DME",
          "HHA",
          "HOSPICE",
          "INPATIENT",
          "OUTPATIENT",
          "PDE",
          "SNF");

  /** What XML Schema takes off around an instant; Java's own idea of blanks is wider. */
  private static final Pattern BLANKS = Pattern.compile("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
  private static final Set<String> BOOLEANS = Set.of("true", "false", "1", "0");
  private static final String MERGE_SUFFIX = "_MERGE";
  private static final String WITHOUT_KEY = "BENEFICIARY_HISTORY";

  private final ManifestKey key;
  private final List<ManifestEntry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final PreValidation preValidation = new PreValidation();
  private final StringBuilder text = new StringBuilder();
  private Locator locator;
  private String namespace;
  private String synthetic = "false";
  private int depth;

  ManifestHandler(ManifestKey key) {
    this.key = key;
  }

  Manifest manifest() throws ManifestProblem {
    if (entries.isEmpty()) {
      throw invalid("element entry is missing");
    }
    boolean isSynthetic =
        key.feed() == CcwSource.SYNTHETIC || "true".equals(synthetic) || "1".equals(synthetic);
    return new Manifest(
        key, isSynthetic, entries, preValidation.claimed().filter(ids -> isSynthetic));
  }

  @Override
  public void setDocumentLocator(Locator locator) {
    this.locator = locator;
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes)
      throws ManifestProblem {
    requireNoText();
    switch (depth++) {
      case 0 -> root(uri, name, attributes);
      case 1 -> child(uri, name, attributes);
      case 2 -> property(uri, name, attributes);
      default -> throw invalid("element " + shown(name) + " is nested too deep");
    }
  }

  @Override
  public void endElement(String uri, String name, String qualified) throws ManifestProblem {
    depth--;
    if (depth == 2) {
      requireValue(name);
      text.setLength(0);
    }
    requireNoText();
    if (depth == 1 && preValidation.isOpen() && !preValidation.close()) {
      throw invalid("element preValidationProperties lacks " + preValidation.expected());
    }
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    text.append(characters, start, length);
  }

  @Override
  public InputSource resolveEntity(String publicId, String systemId) throws ManifestProblem {
    throw problem(Refusal.MANIFEST_SYNTAX, "an external entity is not allowed");
  }

  @Override
  public void fatalError(SAXParseException e) throws SAXParseException {
    throw e;
  }

  private void root(String uri, String name, Attributes attributes) throws ManifestProblem {
    if (!"dataSetManifest".equals(name)) {
      throw invalid("the root element is " + shown(name) + ", not dataSetManifest");
    }
    if (!VERSIONS.contains(uri)) {
      throw invalid("the name space of dataSetManifest is not that of version 9 or 10");
    }
    namespace = uri;
    requireKnown(name, attributes, Set.of("timestamp", "sequenceId", "syntheticData"));
    timestamp(required(name, attributes, "timestamp"));
    sequenceId(required(name, attributes, "sequenceId"));
    synthetic = Optional.ofNullable(attributes.getValue("syntheticData")).orElse("false").strip();
    if (!BOOLEANS.contains(synthetic)) {
      throw invalid("attribute syntheticData is neither true nor false");
    }
  }

  private void timestamp(String value) throws ManifestProblem {
    Instant instant =
        ManifestKey.instant(BLANKS.matcher(value).replaceAll(""))
            .orElseThrow(
                () ->
                    problem(
                        Refusal.MANIFEST_TIMESTAMP,
                        "attribute timestamp is not a UTC instant such as 2024-01-19T16:16:38Z"));
    if (!instant.equals(key.instant())) {
      throw problem(
          Refusal.MANIFEST_TIMESTAMP, "attribute timestamp is another instant than the folder's");
    }
  }

  private void sequenceId(String value) throws ManifestProblem {
    boolean number = NUMBER.matcher(value).matches();
    if (!number || Long.parseLong(value) > Integer.MAX_VALUE) {
      throw invalid("attribute sequenceId is not a whole number from 0 to 2147483647");
    }
    if (Long.parseLong(value) != key.number()) {
      throw invalid("attribute sequenceId is another number than the file name's");
    }
  }

  private void child(String uri, String name, Attributes attributes) throws ManifestProblem {
    requireNamespace(uri, name);
    if ("entry".equals(name) && !preValidation.isSeen()) {
      entry(attributes);
    } else if ("preValidationProperties".equals(name) && !preValidation.isSeen()) {
      requireKnown(name, attributes, Set.of());
      preValidation.open();
    } else {
      throw invalid("element " + shown(name) + " is not allowed here");
    }
  }

  private void entry(Attributes attributes) throws ManifestProblem {
    requireKnown("entry", attributes, Set.of("name", "type", "exportType"));
    String name = required("entry", attributes, "name");
    String type = required("entry", attributes, "type");
    if (entries.size() == Manifest.MAX_ENTRIES) {
      throw invalid("more than " + Manifest.MAX_ENTRIES + " entries");
    }
    requireFileName(name);
    boolean merge = type.endsWith(MERGE_SUFFIX);
    String base = merge ? type.substring(0, type.length() - MERGE_SUFFIX.length()) : type;
    if (!TYPES.contains(base) || (merge && WITHOUT_KEY.equals(base))) {
      throw problem(Refusal.ENTRY_TYPE, "entry " + name + ": attribute type is no RIF type");
    }
    entries.add(new ManifestEntry(entries.size(), name, base, merge));
  }

  private void requireFileName(String name) throws ManifestProblem {
    if (!ManifestEntry.isName(name)) {
      throw problem(
          Refusal.ENTRY_NAME,
          "entry " + entries.size() + ": attribute name is not " + ManifestEntry.NAME_RULE);
    }
    if (!names.add(name)) {
      throw problem(Refusal.ENTRY_REPEATED, "entry " + name + " is named twice");
    }
  }

  private void property(String uri, String name, Attributes attributes) throws ManifestProblem {
    requireNamespace(uri, name);
    requireKnown(name, attributes, Set.of());
    if (!preValidation.isOpen() || !preValidation.accepts(name)) {
      throw invalid("element " + shown(name) + " is not allowed here");
    }
  }

  private void requireValue(String name) throws ManifestProblem {
    if (!preValidation.put(name, text.toString().strip())) {
      throw invalid("element " + name + " is not a whole number of 64 bits");
    }
  }

  private void requireNamespace(String uri, String name) throws ManifestProblem {
    if (!namespace.equals(uri)) {
      throw invalid("element " + shown(name) + " is in another name space than its manifest");
    }
  }

  private void requireKnown(String element, Attributes attributes, Set<String> known)
      throws ManifestProblem {
    for (int i = 0; i < attributes.getLength(); i++) {
      // A schemaLocation is a hint that nobody follows here.
      boolean hint = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(attributes.getURI(i));
      boolean ours = attributes.getURI(i).isEmpty() && known.contains(attributes.getLocalName(i));
      if (!hint && !ours) {
        String name = shown(attributes.getQName(i));
        throw invalid("element " + shown(element) + " has an unknown attribute " + name);
      }
    }
  }

  private String required(String element, Attributes attributes, String name)
      throws ManifestProblem {
    String value = attributes.getValue("", name);
    if (value == null) {
      throw invalid("element " + element + ": attribute " + name + " is missing");
    }
    return value;
  }

  private void requireNoText() throws ManifestProblem {
    if (!text.toString().isBlank()) {
      throw invalid("text outside of an attribute");
    }
    text.setLength(0);
  }

  private ManifestProblem invalid(String what) {
    return problem(Refusal.MANIFEST_INVALID, what);
  }

  private ManifestProblem problem(Refusal reason, String what) {
    return new ManifestProblem(
        reason, String.format(Locale.ROOT, "line %d: %s", locator.getLineNumber(), what));
  }

  /** Names come from outside: cut, and without anything that could bend a log line. */
  private static String shown(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._:-]", "?");
    return plain.length() > 64 ? plain.substring(0, 64) + "..." : plain;
  }
}
