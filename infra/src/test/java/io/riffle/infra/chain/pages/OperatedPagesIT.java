package io.riffle.infra.chain.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every page of the navigation, by keys; who may only look; signing out. */
@InChromium
class OperatedPagesIT {
  private static final Map<String, String> PAGES =
      new TreeMap<>(
          Map.of(
              "o", "Overview",
              "f", "Files",
              "l", "Lag",
              "r", "Rejects",
              "p", "Replay",
              "e", "Record",
              "c", "CDC",
              "d", "Doctor",
              "a", "Activity",
              "b", "Runbook"));

  @RegisterExtension final People people = new People();

  @Test
  void everyPageIsReachedByItsKey() {
    AtConsole odile = people.operator();
    assertThat(odile.page().locator("nav a").allTextContents())
        .containsExactlyInAnyOrderElementsOf(PAGES.values());
    PAGES.forEach((key, title) -> odile.key(key).heading(title));

    odile.key("b").isFit("runbook");
    odile.key("o").follow("files on their way").heading("Files");
    odile.key("o").follow("open rejects").heading("Rejects");
    odile.key("o").follow("the doctor").heading("Doctor");
    odile.key("f").page().keyboard().press("?");
    odile.await(odile.page().getByRole(AriaRole.DIALOG)).page().keyboard().press("Escape");
    odile.page().keyboard().press("/");
    assertThat(odile.page().evaluate("document.activeElement.name")).isEqualTo("state");
  }

  @Test
  void whoMayOnlyLookIsOfferedNothingElseAndGetsNothingElse() {
    AtConsole vera = people.viewer();
    for (String key : PAGES.keySet()) {
      if (!key.equals("e")) {
        vera.key(key).mayOnlyLook();
      }
    }
    assertThat(vera.key("p").text()).doesNotContain("Plan a replay");

    vera.open("/replays/new").told("this needs the role OPERATOR");

    people.wereRefusedOnce(403);
  }

  @Test
  void whoSignsOutIsOut() {
    AtConsole odile = people.operator().key("f");
    Page page = odile.page();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
    page.waitForURL(url -> url.endsWith("/sign-in"));
    odile.open("/files?state=REJECTED").field("Name").fill(odile.name());
    odile.fill("Password", "none").enter().told("The name or the password is not right.");
    people.wereRefusedOnce(401);

    AtConsole admin = people.admin().key("a").fill("Who", odile.name()).enter();

    admin.cell("Activity", "SIGN_OUT", "Who", odile.name());
    admin.cell("Activity", "SIGN_IN_REFUSED", "Who", odile.name()).isFit("activity");
  }
}
