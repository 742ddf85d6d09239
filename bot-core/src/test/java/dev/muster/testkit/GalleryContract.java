// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Button;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page of {@code docs/gallery} shows everything of the product as one platform would roughly show
 * it, one of each kind, in the order of a {@link Rehearsal}. To take over what the bot says now,
 * run the platform's test with {@code -Dmuster.golden=write} and look at the page.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GalleryContract {

  private static final Path PAGES =
      Path.of(System.getProperty("muster.root", ".."), "docs/gallery");

  private static final Pattern TO_TWIN = Pattern.compile("href='([a-z]+\\.html)#([^']+)'");

  @TempDir private static Path folder;
  private List<Said> said;

  /** Returns everything that is said on the platform. */
  protected abstract List<Said> rehearsed(Path folder);

  /** Returns how the platform shows it. */
  protected abstract Portrait portrait(List<Said> all);

  /** Returns what the platform or we would say against something that is shown. */
  protected abstract List<String> problems(Said said);

  @BeforeAll
  final void rehearse() {
    said = rehearsed(folder);
  }

  private static boolean writes() {
    return "write".equals(System.getProperty("muster.golden"));
  }

  private static Path kept(String page) {
    return PAGES.resolve(page + ".html");
  }

  /** The page that is kept shows what is said now. */
  @Test
  public final void gallery_showsWhatTheBotShowsNow() throws IOException {
    Portrait portrait = portrait(said);
    String page = GalleryPage.of(portrait, said);
    Path file = kept(portrait.frame().page());
    assertFalse(page.contains("src="), "a page of its own needs nothing from outside");
    if (writes()) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, page);
    }
    List<String> now = page.lines().toList();
    List<String> kept = Files.readString(file).lines().toList();
    for (int i = 0; i < Math.min(now.size(), kept.size()); i++) {
      assertEquals(kept.get(i), now.get(i), "line " + (i + 1) + " of " + file);
    }
    assertEquals(kept.size(), now.size(), "lines of " + file);
  }

  /** Every article leads to its twin, and the index shows both. */
  @Test
  public final void articles_leadToTheirTwins() throws IOException {
    Portrait portrait = portrait(said);
    String page = GalleryPage.of(portrait, said);
    String twin = portrait.twin().page() + ".html";
    String other = Files.readString(PAGES.resolve(twin));
    List<String> missing =
        TO_TWIN
            .matcher(page)
            .results()
            .filter(to -> to.group(1).equals(twin))
            .map(to -> to.group(2))
            .filter(id -> !other.contains("id='" + id + "'"))
            .toList();
    assertTrue(writes() || missing.isEmpty(), () -> "draw " + twin + " anew: it lacks " + missing);
    String index = Files.readString(kept("index"));
    assertTrue(index.contains(portrait.frame().page() + ".html"), index);
  }

  /** What people usually write is shown within the limits, and what can be pressed is short. */
  @Test
  public final void everything_asPeopleWrite_isWithinTheLimits_andEasyToPress() {
    for (Said each : said) {
      assertEquals(List.of(), problems(each), each::kind);
      each.message().buttons().forEach(GalleryContract::easyToPress);
      assertEquals(
          Optional.empty(), each.form().filter(f -> f.title().length() > 24), "a long title");
    }
  }

  /** Clients cut long labels, and a label that we cut ourselves hides what it does. */
  private static void easyToPress(Button button) {
    List<String> labels = new ArrayList<>(List.of(button.label()));
    button.confirm().ifPresent(question -> labels.add(question.yes()));
    for (String label : labels) {
      assertTrue(label.length() <= 30 && !label.contains("…"), () -> "a long label: " + label);
    }
  }
}
