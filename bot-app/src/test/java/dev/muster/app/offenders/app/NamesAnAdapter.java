// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.app;

import dev.muster.app.offenders.teams.Client;

final class NamesAnAdapter {
  final Client adapter = new Client();
}
