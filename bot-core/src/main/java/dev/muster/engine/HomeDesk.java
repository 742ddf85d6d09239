// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Capability;
import dev.muster.incident.Incident;
import dev.muster.store.ActionStore.Use;
import dev.muster.store.Timers.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps people's own screens: shown when they are opened, and again within seconds when something
 * changes for people who looked lately. Where the platform has no such screen, nothing happens.
 */
final class HomeDesk {

  /** Several changes within this time are shown together. */
  static final Duration TOGETHER = Duration.ofSeconds(5);

  /** Whoever did not look for this long finds the newest when they look again. */
  static final Duration LATELY = Duration.ofHours(12);

  private static final int MOST_VIEWERS = 200;
  private static final int MOST_READ = 500;
  private static final String VIEWERS = "home-viewers";
  private static final String SLOT = "home";

  private final Platforms platforms;
  private final Tokens tokens;

  HomeDesk(Platforms platforms, Tokens tokens) {
    this.platforms = platforms;
    this.tokens = tokens;
  }

  /** Shows the screen to whoever opened it. */
  void opened(Moment moment, ChatEvent.HomeOpened event) {
    UserRef user = event.by().person().ref();
    if (!event.by().bot() && hasHome(user.platform())) {
      Map<String, Instant> viewers = viewers(moment);
      viewers.remove(user.toString());
      viewers.put(user.toString(), moment.now());
      keep(moment, viewers);
      moment.tx().timers().cancel(TimerKinds.HOME, user.toString());
      new Orders(moment).showHome(user, true);
    }
  }

  private boolean hasHome(String platform) {
    return platforms
        .find(platform)
        .filter(found -> found.capabilities().contains(Capability.HOME))
        .isPresent();
  }

  /** Something that screens show has changed. */
  void changed(Moment moment) {
    changedForAll(moment);
  }

  /** Something that everybody's screen may show has changed. */
  static void changedForAll(Moment moment) {
    viewers(moment).keySet().forEach(user -> soon(moment, user));
  }

  /** Something has changed that this person's screen alone shows. */
  static void changedFor(Moment moment, UserRef person) {
    if (viewers(moment).containsKey(person.toString())) {
      soon(moment, person.toString());
    }
  }

  private static void soon(Moment moment, String user) {
    if (moment.tx().timers().find(TimerKinds.HOME, user).isEmpty()) {
      Instant due = moment.now().plus(TOGETHER);
      moment.tx().timers().set(new Timer(TimerKinds.HOME, user, Optional.empty(), due, Map.of()));
    }
  }

  /** Fires what {@link #changed} has set. */
  void due(Moment moment, Timer timer) {
    if (viewers(moment).containsKey(timer.subject())) {
      new Orders(moment).showHome(user(timer.subject()), false);
    }
  }

  private static UserRef user(String written) {
    int colon = written.indexOf(':');
    return new UserRef(written.substring(0, colon), written.substring(colon + 1));
  }

  private static Map<String, Instant> viewers(Moment moment) {
    Map<String, Instant> viewers = new LinkedHashMap<>();
    for (String line : moment.tx().note(VIEWERS).orElse("").lines().toList()) {
      int space = line.indexOf(' ');
      Instant at = Instant.parse(line.substring(0, space));
      if (at.plus(LATELY).isAfter(moment.now())) {
        viewers.put(line.substring(space + 1), at);
      }
    }
    return viewers;
  }

  private static void keep(Moment moment, Map<String, Instant> viewers) {
    String lines =
        viewers.entrySet().stream()
            .skip(Math.max(0, viewers.size() - MOST_VIEWERS))
            .map(viewer -> viewer.getValue() + " " + viewer.getKey())
            .collect(Collectors.joining("\n"));
    moment.tx().keepNote(VIEWERS, lines);
  }

  /** Returns the screen as it is now; empty when it has not changed since it was last shown. */
  Optional<BotMessage> render(Moment moment, UserRef user, boolean asked) {
    ButtonMint mint = new ButtonMint(moment, tokens, SLOT, Optional.empty());
    BotMessage home =
        view(moment, user)
            .render(
                mint.primary(
                    "Declare incident", Press.DECLARE, Use.REPEATEDLY, Map.of("offer", "form")));
    String print = tokens.mint(SLOT, home.toString());
    boolean same = moment.tx().note(shownNote(user)).filter(print::equals).isPresent();
    return asked || !same ? Optional.of(home) : Optional.empty();
  }

  /** Remembers what was shown. */
  void shown(Moment moment, UserRef user, BotMessage home) {
    moment.tx().keepNote(shownNote(user), tokens.mint(SLOT, home.toString()));
  }

  private static String shownNote(UserRef user) {
    return "home-shown/" + user;
  }

  private static HomeView view(Moment moment, UserRef user) {
    List<Incident> unclosed =
        moment.tx().incidents().unclosed().stream()
            .filter(incident -> incident.visibleTo(Optional.of(user)))
            .toList();
    List<Incident> mine =
        unclosed.stream().filter(incident -> incident.members().contains(user)).toList();
    long others =
        unclosed.stream()
            .filter(incident -> incident.status().isOpen())
            .filter(incident -> !incident.members().contains(user))
            .count();
    return new HomeView(
        user,
        HomeCalls.waiting(moment, user, unclosed),
        mine,
        (int) others,
        actions(moment, user),
        watches(moment, user),
        moment.settings().publicUrl(),
        LocalDate.ofInstant(moment.now(), zone(moment, user)));
  }

  private static List<ActionItem> actions(Moment moment, UserRef user) {
    Set<Long> hidden = moment.tx().incidents().hiddenFrom(Optional.of(user));
    return moment.tx().all(ActionItem.class).allOpen(MOST_READ).stream()
        .filter(item -> item.owner().filter(owner -> owner.ref().equals(user)).isPresent())
        .filter(item -> !hidden.contains(item.incident().number()))
        .toList();
  }

  private static List<HomeView.Watch> watches(Moment moment, UserRef user) {
    return moment.settings().schedules().stream()
        .map(
            schedule -> {
              var person =
                  People.configured(moment, user.platform(), schedule.onCallAt(moment.now()));
              boolean me = person.ref().equals(user);
              return new HomeView.Watch(schedule.name(), person.name(), me);
            })
        .toList();
  }

  private static ZoneId zone(Moment moment, UserRef user) {
    return moment
        .tx()
        .people()
        .find(user)
        .flatMap(known -> known.profile().zone())
        .filter(name -> ZoneId.getAvailableZoneIds().contains(name))
        .map(ZoneId::of)
        .orElse(ZoneOffset.UTC);
  }
}
