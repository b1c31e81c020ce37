package io.riffle.infra.chain.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.riffle.infra.chain.Chain;
import io.riffle.testing.Browser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Those who use the console of the running chain in a test, each in a window of their own. When it
 * ends, no page may have complained.
 */
final class People implements BeforeEachCallback, AfterEachCallback {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 800;

  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(People.class);

  /** One browser for all tests of pages; it is closed after the last one. */
  static final class Shared implements AutoCloseable {
    private final Browser browser = Browser.start();

    @Override
    public void close() {
      browser.close();
    }
  }

  private final Map<String, AtConsole> windows = new TreeMap<>();
  private Forms forms;
  private Accounts accounts;
  private Browser browser;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    accounts = new Accounts(Chain.shared().stack());
    accounts.write();
    forms = new Forms();
    browser = context.getRoot().getStore(STORE).getOrComputeIfAbsent(Shared.class).browser;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      windows.forEach((name, window) -> window.shot("failed-" + context.getDisplayName() + name));
    }
    windows.values().forEach(AtConsole::leave);
    windows.clear();
    List<String> complaints = browser.complaints();
    assertThat(complaints).isEmpty();
  }

  /** Who may do everything but see values. */
  AtConsole operator() {
    return as(Accounts.OPERATOR);
  }

  /** Who may look. */
  AtConsole viewer() {
    return as(Accounts.VIEWER);
  }

  /** Who may see values. */
  AtConsole admin() {
    return as(Accounts.ADMIN);
  }

  private AtConsole as(String name) {
    return windows.computeIfAbsent(name, this::signedIn);
  }

  private AtConsole signedIn(String name) {
    Page page = browser.window(WIDTH, HEIGHT, false);
    forms.watch(page);
    AtConsole window = new AtConsole(page, Chain.shared().stack().console(), name, forms);
    window.signIn(accounts.password(name));
    return window;
  }

  /** Forms that pages of a part of the console had and that nobody has sent in this test. */
  Set<String> unsent(String area) {
    return forms.unsent(area);
  }

  /** A form was refused, once, which the browser tells of as well. */
  void wereRefusedOnce(int status) {
    List<String> complaints = browser.complaints();
    assertThat(complaints).singleElement().asString().contains(Integer.toString(status));
  }
}
