package io.riffle.infra.chain.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.riffle.testing.Accessibility;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who is signed in at the console, in a window of Chromium. What is waited for is what the
 * page shows by its own refreshing. For one thread.
 */
final class AtConsole {
  private static final double PATIENCE_MILLIS = 120_000;
  private static final Path SHOTS = Path.of("target/screenshots");
  private static final int NARROW = 400;
  private static final String SAYS = "[descendant-or-self::*[normalize-space(.)='%s']]";

  private final Page page;
  private final URI console;
  private final String name;
  private final Forms forms;
  private final List<String> asked = new ArrayList<>();

  AtConsole(Page page, URI console, String name, Forms forms) {
    this.page = page;
    this.console = console;
    this.name = name;
    this.forms = forms;
    page.onDialog(dialog -> asked.add(dialog.message()));
  }

  void signIn(String password) {
    page.navigate(console.resolve("/sign-in").toString());
    field("Name").fill(name);
    field("Password").fill(password);
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.contains("sign-in"));
  }

  /** Closes the window, with all that it was told. */
  void leave() {
    page.context().close();
  }

  String name() {
    return name;
  }

  /** The window itself, for what has no word here. */
  Page page() {
    return page;
  }

  /** Types an address. */
  AtConsole open(String path) {
    page.navigate(console.resolve(path).toString());
    forms.look(page);
    return this;
  }

  /** The page of a file, or of a data set. */
  AtConsole openFile(String key) {
    return open("/files/show?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8));
  }

  /** Goes to a page of the navigation by its key. */
  AtConsole key(String letter) {
    page.evaluate("window.before = true");
    page.keyboard().press("g");
    page.keyboard().press(letter);
    page.waitForFunction("() => !window.before && document.readyState === 'complete'");
    return await(page.locator("nav a[aria-current][data-key='" + letter + "']"));
  }

  /** Clicks a link of the page's content. */
  AtConsole follow(String link) {
    main()
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link).setExact(true))
        .first()
        .click();
    return this;
  }

  /** Clicks a button; a question is answered with yes. */
  AtConsole press(String button) {
    press(main(), button);
    return this;
  }

  /** Clicks a button of a row of a table. */
  AtConsole pressIn(String caption, String row, String button) {
    press(page.locator(row(caption, row)).first(), button);
    return this;
  }

  private void press(Locator within, String button) {
    forms.look(page);
    within
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  AtConsole fill(String label, String text) {
    field(label).fill(text);
    return this;
  }

  AtConsole choose(String label, String option) {
    page.locator("xpath=//label[span='" + label + "']/select").selectOption(option);
    return this;
  }

  AtConsole tick(String label) {
    field(label).check();
    return this;
  }

  AtConsole enter() {
    page.keyboard().press("Enter");
    return this;
  }

  /** A field by its whole label. */
  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  /** What the page asked before it did something, since the last question. */
  List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  /** Waits until the page tells what came of an action. */
  AtConsole told(String text) {
    return await(page.locator(".notice", new Page.LocatorOptions().setHasText(text)));
  }

  /** Waits until the content has a text. */
  AtConsole reads(String text) {
    return await(main().getByText(text));
  }

  /** Waits until a heading is there. */
  AtConsole heading(String text) {
    Page.GetByRoleOptions exactly = new Page.GetByRoleOptions().setName(text).setExact(true);
    return await(page.getByRole(AriaRole.HEADING, exactly));
  }

  /** Waits until a fact of the page is so. */
  AtConsole fact(String fact, String value) {
    return await(page.locator(facts(fact) + SAYS.formatted(value)));
  }

  String fact(String fact) {
    return page.locator(facts(fact)).first().textContent();
  }

  /** Waits until a cell of a table says something, of the first row that has a text. */
  AtConsole cell(String caption, String row, String column, String value) {
    return await(page.locator(cells(caption, row, column) + SAYS.formatted(value)));
  }

  String cell(String caption, String row, String column) {
    return page.locator(cells(caption, row, column)).first().textContent().strip();
  }

  /** Cells of a column, from top to bottom. */
  List<String> column(String caption, String column) {
    return page.locator(cells(caption, "", column)).allTextContents();
  }

  AtConsole await(Locator what) {
    what.first().waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
    forms.look(page);
    return this;
  }

  Locator main() {
    return page.locator("main");
  }

  String text() {
    return main().textContent();
  }

  private static String facts(String fact) {
    return "xpath=//dl[contains(@class,'facts')]/div[dt='" + fact + "']/dd";
  }

  /** Rows that are called so; of a table that has no such row, those with that text. */
  private static String row(String caption, String row) {
    return "xpath=//table[caption='%1$s']/tbody/tr[th[normalize-space(.)='%2$s']"
            .formatted(caption, row)
        + " or not(../tr/th[normalize-space(.)='%1$s']) and contains(., '%1$s')]".formatted(row);
  }

  private static String cells(String caption, String row, String column) {
    return row(caption, row) + "/*[@data-label='" + column + "']";
  }

  /** What the activity says came of the newest such act of this person. */
  String noted(String action, String target) {
    key("a").fill("Who", name).fill("Action", action).press("Show");
    page.waitForURL(url -> url.contains("action=" + action));
    assertThat(cell("Activity", target, "Who")).isEqualTo(name);
    return cell("Activity", target, "After");
  }

  /** Nothing can be done here by this person. */
  void mayOnlyLook() {
    assertThat(Forms.ofPage(page)).as(page.url()).isEmpty();
  }

  /** The page is fit for all, in a wide window and in a narrow one. */
  AtConsole isFit(String shot) {
    assertThat(Accessibility.problems(page)).as(page.url()).isEmpty();
    look(shot + "-wide");
    var wide = page.viewportSize();
    page.setViewportSize(NARROW, wide.height);
    assertThat(Accessibility.problems(page)).as(page.url()).isEmpty();
    assertThat(Accessibility.outOfSight(page)).as(page.url()).isEmpty();
    look(shot + "-narrow");
    page.setViewportSize(wide.width, wide.height);
    return this;
  }

  /** For who builds pages and wants to see them. */
  private void look(String shot) {
    if (Boolean.getBoolean("pages.shots")) {
      shot(shot);
    }
  }

  void shot(String shot) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SHOTS.resolve(shot.replaceAll("[^A-Za-z0-9]+", "-") + ".png")));
  }
}
