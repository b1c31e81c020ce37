package io.riffle.infra.chain.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A data set: generated whole, then spoilt, and what must become of it.
 *
 * @param types entry types, one file each; edits are of the first
 * @param lines lines of each claim
 * @param future whether its time is in two days
 * @param sameKeys whether its records have the keys of the step before
 * @param sameFolder whether it is put over the step before, in the same folder
 * @param sameInstant whether its folder is another text of the instant of the step before
 * @param name entry and object, in the stead of the generated name
 * @param manifestName in the stead of {@code 1_manifest.xml}
 * @param manifest edits of the manifest
 * @param file edits of the file
 * @param upload what is left out, put beside, or wrong in the metadata
 */
record SetStep(
    List<String> types,
    int records,
    int lines,
    boolean future,
    boolean sameKeys,
    boolean sameFolder,
    boolean sameInstant,
    Optional<String> name,
    String manifestName,
    JsonNode manifest,
    JsonNode file,
    JsonNode upload,
    Expected expected) {

  private static final int RECORDS = 3;

  SetStep {
    types = List.copyOf(types);
  }

  static SetStep read(JsonNode node) {
    List<String> types =
        StreamSupport.stream(node.path("types").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    int records = node.path("records").asInt(RECORDS);
    return new SetStep(
        types.isEmpty() ? List.of("PDE") : types,
        records,
        node.path("lines").asInt(2),
        node.path("future").asBoolean(),
        node.path("same-keys").asBoolean(),
        node.path("same-folder").asBoolean(),
        node.path("same-instant").asBoolean(),
        Optional.ofNullable(node.get("name")).map(JsonNode::asText),
        node.path("manifest-name").asText("1_manifest.xml"),
        node.path("manifest"),
        node.path("file"),
        node.path("upload"),
        Expected.read(node.path("expect"), records));
  }
}
