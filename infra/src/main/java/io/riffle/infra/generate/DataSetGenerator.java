package io.riffle.infra.generate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a data set: its RIF files and the manifest that names them. */
public final class DataSetGenerator {

  private final GenerateRequest request;

  public DataSetGenerator(GenerateRequest request) {
    this.request = request;
  }

  /**
   * Writes the files and {@code <sequence>_manifest.xml} into a folder, which is created.
   *
   * @throws IOException when the folder cannot be written
   */
  public List<GeneratedFile> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<GeneratedFile> files = new ArrayList<>();
    for (RifFile file : RifFile.of(request)) {
      files.add(file(folder, file));
    }
    Files.writeString(folder.resolve(request.sequence() + "_manifest.xml"), manifest(files));
    return files;
  }

  /** At times with a byte order mark, and without a line end after the last row. */
  private GeneratedFile file(Path folder, RifFile file) throws IOException {
    String name = file.name(request.sequence());
    long variant = Math.floorMod(request.seed() + file.name(0).hashCode(), 4);
    try (Writer out = Files.newBufferedWriter(folder.resolve(name), StandardCharsets.UTF_8);
        BufferedWriter buffered = new BufferedWriter(out, 1 << 16)) {
      if (variant == 0) {
        buffered.write('\uFEFF');
      }
      return new RifFileGenerator(request, file).write(name, buffered, variant != 1);
    }
  }

  private String manifest(List<GeneratedFile> files) {
    StringBuilder xml = new StringBuilder();
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    xml.append("<dataSetManifest xmlns=\"http://cms.hhs.gov/bluebutton/api/schema/ccw-rif/v10\"");
    xml.append(" timestamp=\"").append(request.timestamp()).append("\"");
    xml.append(" sequenceId=\"").append(request.sequence()).append("\">\n");
    for (GeneratedFile file : files) {
      xml.append("  <entry name=\"").append(file.name());
      xml.append("\" type=\"").append(file.type()).append("\"/>\n");
    }
    return xml.append("</dataSetManifest>\n").toString();
  }
}
