// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.incident;

import java.nio.file.Path;

final class ReadsAFile {
  final Path path = Path.of("timeline.txt");
}
