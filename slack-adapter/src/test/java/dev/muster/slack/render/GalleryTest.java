// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import dev.muster.testkit.GalleryContract;
import dev.muster.testkit.Portrait;
import dev.muster.testkit.Rehearsal;
import dev.muster.testkit.Said;
import java.nio.file.Path;
import java.util.List;

/** {@code docs/gallery/slack.html} shows what the product looks like in Slack. */
class GalleryTest extends GalleryContract {

  @Override
  protected List<Said> rehearsed(Path folder) {
    return Rehearsal.typical("slack", folder);
  }

  @Override
  protected Portrait portrait(List<Said> all) {
    return new Gallery(all);
  }

  @Override
  protected List<String> problems(Said said) {
    return Sent.of(said).problems();
  }
}
