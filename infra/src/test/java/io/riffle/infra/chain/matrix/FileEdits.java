package io.riffle.infra.chain.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;

/**
 * The edits of a data file, in the order in which a case lists them:
 *
 * <pre>
 * {line: 3, column: SRVC_DT, value: x}   a field; {value: {from: 2}} that of another line
 * {column: CLM_ID, value: x}             the field of all rows
 * {line: 3, text: x}                     a whole line
 * {line: 3, append: x}                   behind a line
 * {line: 3, fields: 5}                   the line's first five fields
 * {line: 1, replace: x, with: y}         part of a line
 * {insert: 3, text: x}, {insert: 3, copy: 2}   a new line 3
 * {delete: 3}, {keep-lines: 2}           fewer lines
 * {drop: X}, {add: X, value: x}, {reverse: true}   columns
 * {line-end: x}, {end: x}                between lines, and behind the last one
 * {before: x}, {content: x}              in front of the file, in its stead
 * {encode: UTF-16}, {gzip: truncated}    at last
 * </pre>
 */
final class FileEdits {

  private FileEdits() {}

  /** The bytes that a generated file becomes. */
  static byte[] apply(byte[] generated, JsonNode edits) {
    RifText rif = RifText.of(generated);
    edits.forEach(edit -> edit(rif, edit));
    String text = rif.text();
    for (JsonNode edit : edits) {
      if (edit.has("before")) {
        text = ByteText.of(edit.get("before")) + text;
      } else if (edit.has("content")) {
        text = ByteText.of(edit.get("content"));
      } else if (edit.has("encode")) {
        text = encoded(text, Charset.forName(edit.get("encode").asText()));
      } else if (edit.has("gzip")) {
        return GzipForm.of(edit.get("gzip").asText()).compress(ByteText.bytes(text));
      }
    }
    return ByteText.bytes(text);
  }

  private static String encoded(String text, Charset charset) {
    return ByteText.of(text.getBytes(charset));
  }

  private static void edit(RifText rif, JsonNode edit) {
    if (edit.has("insert")) {
      int line = edit.get("insert").asInt();
      rif.insert(
          line,
          edit.has("copy") ? rif.line(edit.get("copy").asInt()) : ByteText.of(edit.get("text")));
    } else if (edit.has("delete")) {
      rif.delete(edit.get("delete").asInt());
    } else if (edit.has("keep-lines")) {
      rif.keepLines(edit.get("keep-lines").asInt());
    } else if (edit.has("line")) {
      line(rif, edit.get("line").asInt(), edit);
    } else {
      columns(rif, edit);
    }
  }

  private static void line(RifText rif, int line, JsonNode edit) {
    if (edit.has("column")) {
      rif.setField(line, edit.get("column").asText(), value(rif, edit));
    } else if (edit.has("fields")) {
      rif.keepFields(line, edit.get("fields").asInt());
    } else if (edit.has("append")) {
      rif.change(line, row -> row + ByteText.of(edit.get("append")));
    } else if (edit.has("replace")) {
      String with = ByteText.of(edit.get("with"));
      rif.change(line, row -> row.replace(edit.get("replace").asText(), with));
    } else {
      rif.change(line, row -> ByteText.of(edit.get("text")));
    }
  }

  private static void columns(RifText rif, JsonNode edit) {
    if (edit.has("column")) {
      for (int line = 2; line <= rif.size(); line++) {
        rif.setField(line, edit.get("column").asText(), value(rif, edit));
      }
    } else if (edit.has("drop")) {
      rif.dropColumn(edit.get("drop").asText());
    } else if (edit.has("add")) {
      rif.changeAll(row -> row + "|" + ByteText.of(edit.get("value")));
      String name = ByteText.of(edit.get("add"));
      rif.change(1, header -> header.substring(0, header.lastIndexOf('|') + 1) + name);
    } else if (edit.has("reverse")) {
      rif.reverseColumns();
    } else if (edit.has("line-end")) {
      rif.setLineEnd(ByteText.of(edit.get("line-end")));
    } else if (edit.has("end")) {
      rif.setEnd(ByteText.of(edit.get("end")));
    } else if (!edit.has("before")
        && !edit.has("content")
        && !edit.has("encode")
        && !edit.has("gzip")) {
      throw new IllegalArgumentException("unknown edit " + edit);
    }
  }

  private static String value(RifText rif, JsonNode edit) {
    JsonNode value = edit.get("value");
    return value.has("from")
        ? rif.field(value.get("from").asInt(), edit.get("column").asText())
        : ByteText.of(value);
  }
}
