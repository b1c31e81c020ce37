package io.riffle.infra.chain.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A RIF file that is to be spoilt. Lines count from 1, the header row; all text is {@link
 * ByteText}.
 */
public final class RifText {

  private static final String MARK = "\u00ef\u00bb\u00bf";

  private final List<String> lines;
  private String lineEnd = "\n";
  private String end = "\n";

  private RifText(List<String> lines) {
    this.lines = lines;
  }

  /** A generated file, without its byte order mark and with an end of its last line. */
  public static RifText of(byte[] generated) {
    String text = ByteText.of(generated);
    String plain = text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    return new RifText(new ArrayList<>(List.of(plain.split("\n"))));
  }

  public String line(int number) {
    return lines.get(number - 1);
  }

  public int size() {
    return lines.size();
  }

  public void change(int number, UnaryOperator<String> change) {
    lines.set(number - 1, change.apply(line(number)));
  }

  void changeAll(UnaryOperator<String> change) {
    lines.replaceAll(change);
  }

  void insert(int number, String text) {
    lines.add(number - 1, text);
  }

  void delete(int number) {
    lines.remove(number - 1);
  }

  void keepLines(int count) {
    lines.subList(count, lines.size()).clear();
  }

  public String field(int number, String column) {
    return fields(line(number)).get(index(column));
  }

  public void setField(int number, String column, String value) {
    change(number, row -> with(row, index(column), value));
  }

  void dropColumn(String column) {
    int index = index(column);
    changeAll(
        row -> {
          List<String> fields = fields(row);
          fields.remove(index);
          return String.join("|", fields);
        });
  }

  void reverseColumns() {
    changeAll(
        row -> {
          List<String> fields = fields(row);
          Collections.reverse(fields);
          return String.join("|", fields);
        });
  }

  /** Cuts a row to its first fields. */
  void keepFields(int number, int count) {
    change(number, row -> fields(row).stream().limit(count).collect(Collectors.joining("|")));
  }

  void setLineEnd(String text) {
    lineEnd = text;
    end = text;
  }

  /** What stands behind the last line. */
  void setEnd(String text) {
    end = text;
  }

  public String text() {
    return String.join(lineEnd, lines) + end;
  }

  private int index(String column) {
    int index = fields(line(1)).indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("no column " + column);
    }
    return index;
  }

  private static String with(String row, int index, String value) {
    List<String> fields = fields(row);
    fields.set(index, value);
    return String.join("|", fields);
  }

  private static List<String> fields(String row) {
    return new ArrayList<>(Arrays.asList(row.split("\\|", -1)));
  }
}
