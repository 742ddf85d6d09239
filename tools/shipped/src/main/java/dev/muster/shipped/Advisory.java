// SPDX-License-Identifier: Apache-2.0
package dev.muster.shipped;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;

/**
 * A weakness that somebody published.
 *
 * @param id its number
 * @param library group and name; a star stands for every name of the group
 * @param affected the range of versions, as Maven writes ranges
 * @param what what it is, in a few words
 * @param source where it was read
 * @param answer why it does no harm here, if a version in the range is shipped; empty if it would
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Advisory(
    String id, String library, String affected, String what, String source, String answer) {

  Advisory {
    answer = answer == null ? "" : answer;
  }

  /** Returns where the list lies. */
  static Path in(Path root) {
    return root.resolve("tools/shipped/advisories.json");
  }

  /** Reads the list. */
  static List<Advisory> read(Path file) throws IOException {
    return Arrays.asList(new ObjectMapper().readValue(file.toFile(), Advisory[].class));
  }

  /** Returns whether it is about this jar. */
  boolean concerns(Part part) {
    return names(part) && range().containsVersion(new DefaultArtifactVersion(part.version()));
  }

  /** Returns whether it is about some version of this library. */
  boolean names(Part part) {
    return library.equals(part.artifact()) || library.equals(part.group() + ":*");
  }

  private VersionRange range() {
    try {
      return VersionRange.createFromVersionSpec(affected);
    } catch (InvalidVersionSpecificationException e) {
      throw new IllegalStateException(id + " has no range of versions: " + affected, e);
    }
  }
}
