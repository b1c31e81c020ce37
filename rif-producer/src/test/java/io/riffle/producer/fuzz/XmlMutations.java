package io.riffle.producer.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Steps on XML: attributes, elements, entities, name spaces, encodings. */
final class XmlMutations {

  private static final Pattern ATTRIBUTE = Pattern.compile(" [\\w:]+=\"[^\"]*\"");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern ELEMENT = Pattern.compile("<(\\w+)[^>]*(/>|>[^<]*</\\1>)");

  private static final String[] VALUES = {
    "",
    " ",
    "../x",
    "/etc/passwd",
    "s3://other/x",
    "%2e%2e",
    "a/b",
    "...",
    "x".repeat(129),
    "x".repeat(200_000),
    "\u00d0\u00b0.csv",
    "&#0;",
    "&#10;",
    "&amp;",
    "&x;",
    "CARRIER_MERGE",
    "CARRIER_MERGE_MERGE",
    "BENEFICIARY_HISTORY_MERGE",
    "carrier",
    "-1",
    "2147483648",
    "99999999999999999999",
    "0x7",
    "2024-01-19T16:16:38",
    " 2024-01-19T16:16:38Z ",
    "2024-01-19T24:00:00Z",
    "9999-12-31T23:59:60Z",
    "true",
    "maybe"
  };

  private static final String[] SNIPPETS = {
    "<!-- -- -->",
    "<!-- fine -->",
    "<?php x ?>",
    "<![CDATA[ x ]]>",
    "<![CDATA[",
    "x",
    "&lt;",
    "&unknown;",
    "&#x110000;",
    "&#xD800;",
    "\0",
    "<entry/>",
    "<entry name=\"a.csv\" type=\"PDE\"/>",
    "<entry name=\"a.csv\" type=\"PDE\"><entry/></entry>",
    "<other/>",
    "<x:y/>",
    "<" + "n".repeat(900) + " a=\"b\"/>",
    "<\u00c3\u00a9 a=\"b\"/>",
    "<preValidationProperties/>",
    "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>",
    "</dataSetManifest>",
    "<a>".repeat(20_000),
    "<a b=\"".repeat(50),
    "<!DOCTYPE x>"
  };

  /** References and declarations; {@code %s} is the address of a file that must stay unread. */
  private static final String[] DOCTYPES = {
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"%s\">]>",
    "<!DOCTYPE x SYSTEM \"%s\">",
    "<!DOCTYPE x [<!ENTITY %% p SYSTEM \"%s\"> %%p;]>",
    "<!DOCTYPE x [<!ENTITY e \"name\"><!ENTITY f \"&e;&e;&e;&e;\"><!ENTITY g \"&f;&f;&f;\">]>",
    "<!doctype x>",
    "<!DOCTYPE x PUBLIC \"a\" \"%s\" [ <!ATTLIST entry name CDATA \"x\"> ]>"
  };

  private static final String[] ENCODINGS = {
    "UTF-16", "ISO-8859-1", "US-ASCII", "EBCDIC-CP-US", "x-none", "UTF-32", "utf8"
  };

  private XmlMutations() {}

  /**
   * @param outside address of a file that entities name
   */
  static List<Mutation> all(String outside) {
    return List.of(
        onAll("drop an attribute", ATTRIBUTE, (found, random) -> ""),
        onAll("double an attribute", ATTRIBUTE, (found, random) -> found + found),
        onAll("rename an attribute", ATTRIBUTE, (found, random) -> " x" + found.strip()),
        onAll("a prefix for an attribute", ATTRIBUTE, (found, random) -> " x:" + found.strip()),
        onAll("an odd value", ATTRIBUTE, XmlMutations::value),
        onAll("an odd value", ATTRIBUTE, XmlMutations::value),
        onAll("an odd value", ATTRIBUTE, XmlMutations::value),
        onAll("an odd value", ATTRIBUTE, XmlMutations::value),
        onAll("an entity as value", ATTRIBUTE, (found, random) -> name(found) + "=\"&e;&f;&g;\""),
        onAll("drop a tag", TAG, (found, random) -> ""),
        onAll("double a tag", TAG, (found, random) -> found + found),
        onAll("something before a tag", TAG, (found, random) -> snippet(random) + found),
        onAll("something behind a tag", TAG, (found, random) -> found + snippet(random)),
        onAll("drop an element", ELEMENT, (found, random) -> ""),
        onAll("double an element", ELEMENT, (found, random) -> found + found),
        onAll("many elements", ELEMENT, (found, random) -> found.repeat(1 + random.nextInt(99))),
        onAll("another text", ELEMENT, XmlMutations::text),
        Mutation.ofText("another name space", (xml, random) -> xml.replace("/v1", "/v2")),
        Mutation.ofText("no name space", (xml, random) -> xml.replaceFirst(" xmlns=", " ns=")),
        Mutation.ofText("another case", (xml, random) -> xml.replace("entry", "Entry")),
        Mutation.ofText("a DOCTYPE", (xml, random) -> doctype(xml, random, outside)),
        Mutation.ofText("a DOCTYPE", (xml, random) -> doctype(xml, random, outside)),
        Mutation.ofText("a stated encoding", XmlMutations::encoding),
        new Mutation("UTF-16", (xml, random) -> utf16(xml)),
        Mutation.ofText("ten thousand entries", XmlMutations::manyEntries));
  }

  /** What becomes of a match. */
  private interface Change {
    String of(String found, Random random);
  }

  private static Mutation onAll(String name, Pattern pattern, Change change) {
    return Mutation.ofText(name, (xml, random) -> onOne(xml, random, pattern, change));
  }

  private static String onOne(String xml, Random random, Pattern pattern, Change change) {
    List<MatchResult> all = new ArrayList<>(pattern.matcher(xml).results().limit(200).toList());
    if (all.isEmpty()) {
      return xml;
    }
    MatchResult one = all.get(random.nextInt(all.size()));
    return xml.substring(0, one.start())
        + change.of(one.group(), random)
        + xml.substring(one.end());
  }

  private static String name(String attribute) {
    return attribute.substring(0, attribute.indexOf('='));
  }

  private static String value(String attribute, Random random) {
    return name(attribute) + "=\"" + VALUES[random.nextInt(VALUES.length)] + '"';
  }

  private static String text(String element, Random random) {
    String value = VALUES[random.nextInt(VALUES.length)];
    return element.replaceFirst(">[^<]*</", ">" + value.replace("\\", "") + "</");
  }

  private static String snippet(Random random) {
    return SNIPPETS[random.nextInt(SNIPPETS.length)];
  }

  private static String doctype(String xml, Random random, String outside) {
    String doctype = String.format(DOCTYPES[random.nextInt(DOCTYPES.length)], outside);
    int root = Math.max(0, xml.indexOf("<data"));
    String entity = random.nextBoolean() ? "&e;" : "";
    int end = Math.max(root, xml.indexOf("</data"));
    return xml.substring(0, root)
        + doctype
        + xml.substring(root, end)
        + entity
        + xml.substring(end);
  }

  private static String encoding(String xml, Random random) {
    String name = ENCODINGS[random.nextInt(ENCODINGS.length)];
    return "<?xml version=\"1.0\" encoding=\""
        + name
        + "\"?>"
        + xml.replaceFirst("<\\?xml.*?>", "");
  }

  private static byte[] utf16(byte[] xml) {
    return new String(xml, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
  }

  private static String manyEntries(String xml, Random random) {
    StringBuilder entries = new StringBuilder();
    for (int i = 9_990 + random.nextInt(20); i > 0; i--) {
      entries.append("<entry name=\"e").append(i).append("\" type=\"PDE\"/>");
    }
    int end = Math.max(0, xml.indexOf("</data"));
    return xml.substring(0, end) + entries + xml.substring(end);
  }
}
