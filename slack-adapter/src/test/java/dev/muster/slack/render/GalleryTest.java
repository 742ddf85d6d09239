// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.Rehearsal;
import dev.muster.testkit.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/gallery/slack.html} shows every message, window and home page of the product as Slack
 * would roughly show it, one of each kind, in the order of a {@link Rehearsal}. To take over what
 * the bot says now, run this with {@code -Dmuster.golden=write} and look at the page.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GalleryTest {

  private static final Path KEPT =
      Path.of(System.getProperty("muster.root", ".."), "docs/gallery/slack.html");

  @TempDir private static Path folder;
  private List<Said> said;

  @BeforeAll
  void rehearse() {
    said = Rehearsal.typical("slack", folder);
  }

  @Test
  void gallery_showsWhatTheBotShowsNow() throws IOException {
    String page = Gallery.page(said);
    assertFalse(page.contains("src="), "a page of its own needs nothing from outside");
    if ("write".equals(System.getProperty("muster.golden"))) {
      Files.createDirectories(KEPT.getParent());
      Files.writeString(KEPT, page);
    }
    List<String> now = page.lines().toList();
    List<String> kept = Files.readString(KEPT).lines().toList();
    for (int i = 0; i < Math.min(now.size(), kept.size()); i++) {
      assertEquals(kept.get(i), now.get(i), "line " + (i + 1) + " of " + KEPT);
    }
    assertEquals(kept.size(), now.size(), "lines of " + KEPT);
  }

  @Test
  void everything_asPeopleWrite_isWithinTheLimits_andEasyToPress() {
    for (Said each : said) {
      assertEquals(List.of(), Sent.of(each).problems(), each::kind);
      each.message()
          .buttons()
          .forEach(b -> assertTrue(b.label().length() <= 30, () -> "long label: " + b.label()));
      assertEquals(
          Optional.empty(),
          each.form().filter(f -> f.title().length() > Limits.FORM_TITLE),
          "a title of a window is cut");
    }
  }
}
