// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.testkit.Said.Way;
import java.util.Optional;
import java.util.Set;

/** How one platform shows what the bot says, for its page of the gallery. Pure. */
public interface Portrait {

  /** Returns what the page says of its platform. */
  Frame frame();

  /** Returns the page to which each article here has a twin. */
  Twin twin();

  /** Returns how it is shown; empty when the platform does not show such a thing. */
  Optional<Picture> of(Said said);

  /**
   * What stands around the articles of a page.
   *
   * @param page the page's name without its ending
   * @param title how the platform is called
   * @param lead HTML of what a reader should know first
   * @param style CSS of what is drawn
   */
  record Frame(String page, String title, String lead, String style) {}

  /**
   * The page of another platform.
   *
   * @param page its name without its ending
   * @param title how that platform is called
   * @param lacks ways of showing something that it does not have
   */
  record Twin(String page, String title, Set<Way> lacks) {}

  /**
   * Something drawn.
   *
   * @param html roughly how people see it
   * @param aloud what screen readers and notifications get; empty when there is no such text
   * @param json what the platform is sent, without what differs from run to run
   */
  record Picture(String html, String aloud, String json) {}
}
