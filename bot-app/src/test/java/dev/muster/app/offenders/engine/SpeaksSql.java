// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.engine;

import java.sql.Connection;

final class SpeaksSql {
  final Class<?> known = Connection.class;
}
