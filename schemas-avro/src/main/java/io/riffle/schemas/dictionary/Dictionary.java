package io.riffle.schemas.dictionary;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.LinkedHashMap;
import java.util.Map;

/** All pages of the data dictionary. */
public final class Dictionary {

  private Dictionary() {}

  /** The text of every page by its file name; {@code README.md} lists the others. */
  public static Map<String, String> pages(Layouts layouts) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("README.md", IndexPage.text(layouts));
    for (Layout layout : layouts.all()) {
      pages.put(layout.type() + ".md", new TypePage(layout, layouts).text());
    }
    return pages;
  }
}
