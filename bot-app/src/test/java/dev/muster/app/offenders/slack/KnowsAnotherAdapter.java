// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offenders.slack;

import dev.muster.app.offenders.teams.Client;

final class KnowsAnotherAdapter {
  final Client other = new Client();
}
