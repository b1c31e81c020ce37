package io.riffle.console.html;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Elements and attributes, by name. */
public final class Html {
  private Html() {}

  /** Any element. */
  public static Node element(String tag, Object... parts) {
    return new Element(tag, Arrays.asList(parts));
  }

  /** Text, with nothing around it. */
  public static Node text(String text) {
    return out -> Escape.text(text, out);
  }

  /** Several nodes in a row. */
  public static Node all(List<? extends Node> nodes) {
    return out -> nodes.forEach(node -> node.writeTo(out));
  }

  /** Nothing. */
  public static Node none() {
    return out -> {};
  }

  /** A node if it is so, else nothing. */
  public static Node when(boolean so, Supplier<Node> node) {
    return so ? node.get() : none();
  }

  public static Attribute attr(String name, Object value) {
    return new Attribute(name, value.toString());
  }

  /** An attribute without a value, if it is so. */
  public static Optional<Attribute> flag(String name, boolean so) {
    return so ? Optional.of(new Attribute(name, "")) : Optional.empty();
  }

  public static Attribute cls(String names) {
    return new Attribute("class", names);
  }

  public static Attribute id(String id) {
    return new Attribute("id", id);
  }

  public static Node div(Object... parts) {
    return element("div", parts);
  }

  public static Node p(Object... parts) {
    return element("p", parts);
  }

  public static Node span(Object... parts) {
    return element("span", parts);
  }

  public static Node h1(Object... parts) {
    return element("h1", parts);
  }

  public static Node h2(Object... parts) {
    return element("h2", parts);
  }

  public static Node section(Object... parts) {
    return element("section", parts);
  }

  public static Node form(Object... parts) {
    return element("form", parts);
  }

  /** A link within the console. */
  public static Node a(String href, Object... parts) {
    return element("a", attr("href", href), Arrays.asList(parts));
  }

  public static Node button(Object... parts) {
    return element("button", parts);
  }

  public static Node input(Object... parts) {
    return element("input", parts);
  }

  /** A text field under its label. */
  public static Node field(String label, Object... parts) {
    return element("label", span(label), input(parts));
  }

  /** A choice under its label. */
  public static Node select(String label, String name, List<String> values, String chosen) {
    return element(
        "label",
        span(label),
        element(
            "select",
            attr("name", name),
            values.stream()
                .map(
                    value ->
                        element(
                            "option",
                            attr("value", value),
                            flag("selected", value.equals(chosen)),
                            value.isEmpty() ? "all" : value))
                .toList()));
  }

  public static Node code(Object... parts) {
    return element("code", parts);
  }

  /** A value of an address. */
  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** As it is sent to a browser. */
  public static String document(Node html) {
    StringBuilder out = new StringBuilder(16 * 1024).append("<!doctype html>\n");
    html.writeTo(out);
    return out.toString();
  }
}
