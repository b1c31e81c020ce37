package io.riffle.infra.chain.pages;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Forms that change something: which ones pages had, and which ones were sent by a click. */
final class Forms {
  private static final String OF_PAGE =
      """
      () => [...document.querySelectorAll('main form[method=post]')].flatMap(form =>
        [form.getAttribute('action'),
         ...[...form.querySelectorAll('[formaction]')].map(button => button.getAttribute('formaction'))])
      """;

  private final Map<String, Set<String>> seen = new TreeMap<>();
  private final Set<String> sent = new TreeSet<>();

  /** Notes what a window sends. */
  void watch(Page page) {
    page.onRequest(
        request -> {
          if (request.method().equals("POST")) {
            sent.add(route(path(request.url())));
          }
        });
  }

  /** Notes what a page has. */
  void look(Page page) {
    Set<String> forms = seen.computeIfAbsent(area(path(page.url())), first -> new TreeSet<>());
    ofPage(page).forEach(action -> forms.add(route(action)));
  }

  /** Where the forms of a page lead. */
  static List<String> ofPage(Page page) {
    return ((List<?>) page.evaluate(OF_PAGE)).stream().map(Object::toString).toList();
  }

  /** Forms of a part of the console that nobody has sent yet. */
  Set<String> unsent(String area) {
    Set<String> left = new TreeSet<>(seen.getOrDefault(area, Set.of()));
    left.removeAll(sent);
    return left;
  }

  private static String path(String url) {
    return URI.create(url).getPath();
  }

  private static String area(String path) {
    return "/" + path.split("/", -1)[1];
  }

  private static String route(String path) {
    return path.replaceAll("/\\d+", "/{id}").replaceAll("^/cdc/[^/]+", "/cdc/{name}");
  }
}
