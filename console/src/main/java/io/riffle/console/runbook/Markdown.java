package io.riffle.console.runbook;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.code;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.id;
import static io.riffle.console.html.Html.p;
import static io.riffle.console.html.Html.span;

import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A document's blocks as elements of ours. Markup that stands in it is text; its title is left to
 * the page; of other documents and sites only the name is told, since the console leads nowhere
 * else.
 */
final class Markdown extends AbstractVisitor {
  private static final Path FOLDER = Path.of("docs");

  private final Anchors anchors = new Anchors();
  private List<Node> out = new ArrayList<>();
  private String heading = "";

  /** Reads all of it. */
  static Markdown of(String text) {
    Markdown made = new Markdown();
    Parser.builder().extensions(List.of(TablesExtension.create())).build().parse(text).accept(made);
    return made;
  }

  List<Node> nodes() {
    return List.copyOf(out);
  }

  Anchors anchors() {
    return anchors;
  }

  private List<Node> within(org.commonmark.node.Node node) {
    List<Node> outer = out;
    out = new ArrayList<>();
    visitChildren(node);
    List<Node> made = out;
    out = outer;
    return made;
  }

  @Override
  public void visit(Heading block) {
    heading = PlainText.of(block);
    String anchor = anchors.next(heading);
    if (block.getLevel() > 1) {
      out.add(element("h" + block.getLevel(), id(anchor), within(block)));
    }
  }

  @Override
  public void visit(Paragraph block) {
    boolean tight = block.getParent().getParent() instanceof ListBlock list && list.isTight();
    out.add(tight ? Html.all(within(block)) : p(within(block)));
  }

  @Override
  public void visit(BulletList block) {
    out.add(element("ul", within(block)));
  }

  @Override
  public void visit(OrderedList block) {
    out.add(element("ol", within(block)));
  }

  @Override
  public void visit(ListItem block) {
    out.add(element("li", within(block)));
  }

  @Override
  public void visit(FencedCodeBlock block) {
    out.add(element("pre", block.getLiteral()));
  }

  @Override
  public void visit(CustomBlock block) {
    if (block instanceof TableBlock) {
      TableRow head = (TableRow) block.getFirstChild().getFirstChild();
      TableOf table = new TableOf(heading, PlainText.ofEach(head).toArray(String[]::new));
      for (org.commonmark.node.Node row = block.getLastChild().getFirstChild();
          row != null;
          row = row.getNext()) {
        table.row(cells(row));
      }
      out.add(div(table.node()));
    } else {
      visitChildren(block);
    }
  }

  private Object[] cells(org.commonmark.node.Node row) {
    List<Object> cells = new ArrayList<>();
    for (org.commonmark.node.Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      cells.add(Html.all(within(cell)));
    }
    return cells.toArray();
  }

  @Override
  public void visit(Link link) {
    String to = link.getDestination();
    if (to.startsWith("#")) {
      out.add(a(to, within(link)));
    } else if (to.contains("://")) {
      out.add(span(within(link), " (", code(to), ")"));
    } else {
      out.add(span(within(link), " (", code(document(to)), ")"));
    }
  }

  private static String document(String to) {
    int anchor = to.indexOf('#');
    return FOLDER.resolve(anchor < 0 ? to : to.substring(0, anchor)).normalize().toString();
  }

  @Override
  public void visit(Emphasis node) {
    out.add(element("em", within(node)));
  }

  @Override
  public void visit(StrongEmphasis node) {
    out.add(element("strong", within(node)));
  }

  @Override
  public void visit(Code node) {
    out.add(code(node.getLiteral()));
  }

  @Override
  public void visit(Text node) {
    out.add(Html.text(node.getLiteral()));
  }

  @Override
  public void visit(HtmlInline node) {
    out.add(Html.text(node.getLiteral()));
  }

  @Override
  public void visit(HtmlBlock node) {
    out.add(p(node.getLiteral()));
  }

  @Override
  public void visit(SoftLineBreak node) {
    out.add(Html.text(" "));
  }

  @Override
  public void visit(HardLineBreak node) {
    out.add(element("br"));
  }

  /** Text without what adorns it. */
  private static final class PlainText extends AbstractVisitor {
    private final StringBuilder words = new StringBuilder();

    static String of(org.commonmark.node.Node node) {
      PlainText read = new PlainText();
      node.accept(read);
      return read.words.toString();
    }

    static List<String> ofEach(org.commonmark.node.Node row) {
      List<String> all = new ArrayList<>();
      for (org.commonmark.node.Node cell = row.getFirstChild();
          cell != null;
          cell = cell.getNext()) {
        all.add(of(cell));
      }
      return all;
    }

    @Override
    public void visit(Text node) {
      words.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
      words.append(node.getLiteral());
    }
  }
}
