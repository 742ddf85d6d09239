// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

/** Cards as monitoring systems post them into Teams, by their own default templates. */
public final class AlertCards {

  /** What an attachment with an Adaptive Card says it is. */
  public static final String ADAPTIVE = "application/vnd.microsoft.card.adaptive";

  /** What an attachment with a connector's card says it is. */
  public static final String CONNECTOR = "application/vnd.microsoft.teams.card.o365connector";

  private AlertCards() {}

  /** Returns Alertmanager's card: notify/msteamsv2, {@code msteamsv2.default.*}. */
  public static String alertmanager(String state) {
    return """
    {"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard",
     "version":"1.2","body":[
      {"type":"TextBlock","text":"[%s] HighLatency (eu-1 checkout critical)",
       "weight":"Bolder","size":"Medium","wrap":true,"style":"heading","color":"%s"},
      {"type":"TextBlock","wrap":true,"text":"# Alerts %s:\\n\\nLabels:\\n  - alertname = HighLatency\\n  - cluster = eu-1\\n  - service = checkout\\n  - severity = critical\\n\\nAnnotations:\\n  - summary = Checkout is slow\\n\\nSource: http://prometheus.example.com/graph?g0.expr=up\\n"}
     ],"msteams":{"width":"full"}}
    """
        .formatted(
            state,
            state.equals("RESOLVED") ? "Good" : "Attention",
            state.equals("RESOLVED") ? "Resolved" : "Firing");
  }

  /** Returns Grafana's card: receivers/teams, {@code teams.default.message}. */
  public static String grafana() {
    return """
    {"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard",
     "version":"1.4","body":[
      {"type":"TextBlock","color":"attention","size":"large","weight":"bolder","wrap":true,
       "text":"[FIRING:1] DiskFull (db1)"},
      {"type":"TextBlock","wrap":true,"text":"**Firing**\\n\\nValue: A=97\\nLabels:\\n - alertname = DiskFull\\n - instance = db1\\nAnnotations:\\n - summary = The disk of db1 is full\\nSource: [https://grafana.example.com/alerting/grafana/uid1/view](https://grafana.example.com/alerting/grafana/uid1/view)\\n"},
      {"type":"ActionSet","actions":[{"type":"Action.OpenUrl","title":"View URL",
       "url":"https://grafana.example.com/alerting/grafana/uid1/view"}]}
     ],"msTeams":{"width":"Full"}}
    """;
  }

  /** Returns Datadog's card, which it posts as a connector's. */
  public static String datadog(String transition) {
    return """
    {"@type":"MessageCard","@context":"https://schema.org/extensions","themeColor":"D00000",
     "summary":"%1$s","title":"[%1$s on {host:web-1}] CPU is high",
     "sections":[{"text":"CPU over 90 percent for 5 minutes",
       "facts":[{"name":"tags","value":"host:web-1, service:shop"}]}],
     "potentialAction":[{"@type":"OpenUri","name":"View Monitor","targets":[
       {"os":"default","uri":"https://app.datadoghq.com/monitors/4711?group=host%%3Aweb-1"}]}]}
    """
        .formatted(transition);
  }
}
