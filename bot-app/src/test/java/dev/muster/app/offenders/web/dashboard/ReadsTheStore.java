// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.web.dashboard;

import dev.muster.app.offenders.store.Rows;

final class ReadsTheStore {
  final Rows rows = new Rows();
}
