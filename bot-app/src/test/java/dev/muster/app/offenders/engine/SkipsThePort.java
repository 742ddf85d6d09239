// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.engine;

import dev.muster.app.offenders.store.sql.Statements;

final class SkipsThePort {
  final Statements statements = new Statements();
}
