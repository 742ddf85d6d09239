// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import java.util.Optional;

/** Writes orders for documents, each rendered when it is sent. */
final class DocumentOrders {

  private final Moment moment;
  private final IncidentId incident;

  DocumentOrders(Moment moment, IncidentId incident) {
    this.moment = moment;
    this.incident = incident;
  }

  /** Posts a document below the message in a slot, which is ordered already. */
  void post(String platform, String document, long uptoSeq, String belowSlot) {
    moment
        .tx()
        .effects()
        .add(
            new NewEffect(
                new Effect.PostDocument(
                    new Target.InIncident(incident, platform), document, incident, uptoSeq),
                Orders.lane(incident, platform, "document/" + document),
                Priority.BACKGROUND,
                Optional.of(incident),
                Orders.lane(incident, platform, "slot/" + belowSlot),
                moment.now()));
  }

  /** Sends a document to one person alone. */
  void send(UserRef user, String document, long uptoSeq) {
    moment
        .tx()
        .effects()
        .add(
            new NewEffect(
                new Effect.PostDocument(new Target.Direct(user), document, incident, uptoSeq),
                "document/" + incident + "/" + user,
                Priority.CARDS,
                Optional.empty(),
                "",
                moment.now()));
  }
}
