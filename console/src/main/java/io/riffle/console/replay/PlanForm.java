package io.riffle.console.replay;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.button;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.field;
import static io.riffle.console.html.Html.flag;
import static io.riffle.console.html.Html.input;
import static io.riffle.console.html.Html.span;

import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.html.Attribute;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.page.Forms;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The form of a plan: what is read again, from where, and how.
 *
 * @param types that have records
 * @param typed what was filled in before, by the name of the field
 */
record PlanForm(List<String> types, Function<String, Optional<String>> typed) {

  Node node(Visitor visitor) {
    return Forms.post(
        visitor,
        Role.OPERATOR,
        "/replays/plan",
        cls("stacked"),
        what(),
        start(),
        how(),
        div(cls("actions"), button(cls("primary"), "Make a plan")));
  }

  private Optional<Attribute> given(String name) {
    return typed.apply(name).map(text -> attr("value", text));
  }

  private Node what() {
    return element(
        "fieldset",
        element("legend", "What"),
        radio("what", "table", "a table of record, with those that belong to it", true),
        radio("what", "topic", "a merged topic", false),
        radio("what", "file", "what a file delivered", false),
        radio("what", "keys", "some records", false),
        field(
            "Name of the table or topic, or key of the file",
            attr("name", "name"),
            given("name"),
            attr("autocomplete", "off")),
        Html.select("Type, of records", "type", types, typed.apply("type").orElse("")),
        field("Keys, with commas", attr("name", "keys"), attr("autocomplete", "off")));
  }

  private Node start() {
    return element(
        "fieldset",
        element("legend", "From where (tables and topics)"),
        radio("from", "", "the beginning", true),
        radio("from", "offset", "an offset: 1200, or 0:1200,1:900 by partition", false),
        radio("from", "datetime", "a time, UTC: 2026-11-20T10:00:00.000", false),
        radio("from", "duration", "so long ago: 24h, PT1H, 7d", false),
        field("Start", attr("name", "start"), given("start"), attr("autocomplete", "off")));
  }

  private Node how() {
    return element(
        "fieldset",
        element("legend", "How"),
        radio("mode", "merge", "merge: in place, missing rows come back", true),
        radio(
            "mode",
            "rebuild",
            "rebuild: new tables that take the place of the present ones",
            false),
        radio("mode", "reingest", "reingest: read the file from S3 once more", false),
        element(
            "label",
            cls("inline"),
            input(
                attr("type", "checkbox"),
                attr("name", "force"),
                attr("value", "yes"),
                flag("checked", typed.apply("force").isPresent())),
            span("write rows of the same version again, too: what was changed by hand")));
  }

  private Node radio(String name, String value, String text, boolean chosen) {
    return div(
        element(
            "label",
            cls("inline"),
            input(
                attr("type", "radio"),
                attr("name", name),
                attr("value", value),
                flag("checked", typed.apply(name).map(value::equals).orElse(chosen))),
            span(text)));
  }
}
