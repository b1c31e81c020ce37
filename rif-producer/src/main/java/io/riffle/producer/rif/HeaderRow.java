package io.riffle.producer.rif;

import io.riffle.producer.rif.FileProblem.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A header row taken apart: its names, or what is wrong with it. */
record HeaderRow(List<String> names, Optional<FileProblem> problem) {

  /** Longest name in bytes. */
  static final int MAX_NAME = 64;

  /** Most columns; the widest layout has 275. */
  static final int MAX_COLUMNS = 1024;

  private static final String QUOTE_OR_SEMICOLON = "\";";

  /** Takes apart the bytes of a file's first line. */
  static HeaderRow read(byte[] bytes, int from, int to) {
    Optional<String> format = FileMagic.other(bytes, from, to);
    if (format.isPresent()) {
      return bad(Reason.NOT_RIF, "this is " + format.get());
    }
    if (FileMagic.isUtf16(bytes, from, to)) {
      return bad(Reason.HEADER_ENCODING, "this is UTF-16, RIF is UTF-8");
    }
    int start = from + FileMagic.byteOrderMark(bytes, from, to);
    int end = to > start && bytes[to - 1] == '\r' ? to - 1 : to;
    return start == end
        ? bad(Reason.HEADER_INVALID, "the first line is blank")
        : text(bytes, start, end);
  }

  private static HeaderRow text(byte[] bytes, int from, int to) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, from, to - from))
              .toString();
      return text.indexOf('\0') >= 0
          ? bad(Reason.HEADER_ENCODING, "a NUL in the header row")
          : names(List.of(text.split("\\|", -1)));
    } catch (CharacterCodingException e) {
      return bad(Reason.HEADER_ENCODING, "the header row is not UTF-8");
    }
  }

  private static HeaderRow names(List<String> names) {
    if (names.size() > MAX_COLUMNS) {
      return bad(Reason.HEADER_INVALID, "more than " + MAX_COLUMNS + " columns");
    }
    for (int i = 0; i < names.size(); i++) {
      String wrong = wrong(names.get(i));
      if (!wrong.isEmpty()) {
        return bad(Reason.HEADER_INVALID, "column " + (i + 1) + " " + wrong);
      }
    }
    return new HeaderRow(names, Optional.empty());
  }

  private static String wrong(String name) {
    if (name.isBlank()) {
      return "has no name";
    } else if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
      return "has a name of more than " + MAX_NAME + " bytes";
    } else if (name.chars().anyMatch(Character::isISOControl)) {
      return "has a control character in its name";
    }
    return name.chars().anyMatch(c -> QUOTE_OR_SEMICOLON.indexOf(c) >= 0)
        ? "has a quote or semicolon in its name"
        : "";
  }

  private static HeaderRow bad(Reason reason, String detail) {
    return new HeaderRow(List.of(), Optional.of(FileProblem.ofHeader(reason, detail)));
  }
}
