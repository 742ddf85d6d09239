// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.alert.Alert;
import dev.muster.readmodel.AttachedAlert;
import dev.muster.readmodel.AttachedAlerts;
import java.util.List;
import java.util.TreeMap;

/** The alerts of an incident: what machines state, word for word and without effect. */
final class AlertsPart {

  /** More alerts than this are counted, not listed. */
  static final int MOST = 50;

  private static final int LONGEST_VALUE = 500;

  private AlertsPart() {}

  static List<Tag> of(AttachedAlerts alerts) {
    if (alerts.all() == 0) {
      return List.of();
    }
    Tag list = Tag.of("ul", "alerts");
    alerts.first().forEach(alert -> list.add(item(alert)));
    Tag part = Tag.of("section", "part");
    part.add(Tag.of("h2").text(alerts.all() == 1 ? "Alert" : "Alerts (" + alerts.all() + ")"));
    part.add(list);
    if (alerts.all() > MOST) {
      part.add(Tag.of("p", "muted").text("And " + (alerts.all() - MOST) + " more."));
    }
    return List.of(part);
  }

  private static Tag item(AttachedAlert alert) {
    Alert latest = alert.latest();
    boolean firing = latest.status() == Alert.Status.FIRING;
    Tag state = Tag.of("span", firing ? "firing" : "calm").text(firing ? "Firing" : "Resolved");
    Tag title = Tag.of("a").attr("rel", "noreferrer").add(Parts.foreign(latest.title()));
    if (!latest.url().isBlank()) {
      title.href(latest.url());
    }
    Tag counted =
        Tag.of("p", "muted small")
            .text(
                latest.key().source()
                    + ", stated "
                    + (alert.statements() == 1
                        ? "once, at "
                        : alert.statements() + " times, last at "))
            .add(Parts.time(alert.lastAt()));
    return Tag.of("li").add(Tag.of("p").add(state).text(" ").add(title), counted, labels(latest));
  }

  private static Tag labels(Alert alert) {
    Tag list = Tag.of("dl", "labels small");
    new TreeMap<>(alert.labels())
        .forEach((name, value) -> list.add(Parts.fact(cut(name), Parts.foreign(cut(value)))));
    new TreeMap<>(alert.annotations())
        .forEach((name, value) -> list.add(Parts.fact(cut(name), Parts.foreign(cut(value)))));
    return Tag.of("details").add(Tag.of("summary", "small").text("Labels"), list);
  }

  private static String cut(String text) {
    String beginning = ShownText.beginning(text, LONGEST_VALUE);
    return beginning.length() < text.length() ? beginning + "…" : text;
  }
}
