// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import dev.muster.testkit.GalleryContract;
import dev.muster.testkit.Portrait;
import dev.muster.testkit.Rehearsal;
import dev.muster.testkit.Said;
import java.nio.file.Path;
import java.util.List;

/** {@code docs/gallery/teams.html} shows what the product looks like in Teams. */
class GalleryTest extends GalleryContract {

  @Override
  protected List<Said> rehearsed(Path folder) {
    return Rehearsal.typical("teams", TypedHere.BY_NAME, folder);
  }

  @Override
  protected Portrait portrait(List<Said> all) {
    return new Gallery();
  }

  @Override
  protected List<String> problems(Said said) {
    return Sent.of(said).problems();
  }
}
