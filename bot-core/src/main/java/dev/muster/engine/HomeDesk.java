// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Section;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Capability;
import dev.muster.command.HelpText;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentTask;
import dev.muster.store.ActionStore.Use;
import dev.muster.store.Timers.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps people's own screens: shown when they are opened, and again within seconds when something
 * changes for people who looked lately. Where the platform has no such screen, whoever comes is
 * told once, in a message, what the bot does.
 */
final class HomeDesk {

  /** Several changes within this time are shown together. */
  static final Duration TOGETHER = Duration.ofSeconds(5);

  /** Whoever did not look for this long finds the newest when they look again. */
  static final Duration LATELY = Duration.ofHours(12);

  private static final int MOST_VIEWERS = 200;
  private static final int MOST_READ = 500;

  /** As many fit into one row beside the button that declares; the others have their command. */
  private static final int MOST_ANSWERS = 4;

  /** Kept with when somebody was told what the bot does. */
  static final String WELCOMED = "welcomed/";

  private static final String VIEWERS = "home-viewers";
  private static final String SLOT = "home";

  private static final String WELCOME =
      "Every incident gets a channel of its own; what is said there becomes its timeline, and the"
          + " postmortem is drafted from it.";

  private final Platforms platforms;
  private final Tokens tokens;

  HomeDesk(Platforms platforms, Tokens tokens) {
    this.platforms = platforms;
    this.tokens = tokens;
  }

  /** Shows the screen to whoever opened it. */
  void opened(Moment moment, ChatEvent.HomeOpened event) {
    UserRef user = event.by().person().ref();
    if (event.by().bot() || platforms.find(user.platform()).isEmpty()) {
      return;
    }
    if (!hasHome(user.platform())) {
      welcome(moment, user);
    } else {
      Map<String, Instant> viewers = viewers(moment);
      viewers.remove(user.toString());
      viewers.put(user.toString(), moment.now());
      keep(moment, viewers);
      Introductions.on(moment, user.platform());
      showByItself(moment, user);
      new Orders(moment).showHome(user, true);
    }
  }

  /** Whoever comes again within a month has been told. */
  private void welcome(Moment moment, UserRef user) {
    if (moment.tx().note(WELCOMED + user).isPresent()) {
      return;
    }
    moment.tx().keepNote(WELCOMED + user, moment.now().toString());
    BotMessage menu = HelpText.menu(Optional.empty(), platforms.addressing(user.platform()));
    List<Section> sections = new ArrayList<>(List.of(Section.of(WELCOME)));
    sections.addAll(menu.sections());
    BotMessage message = menu.withSections(sections).withButtons(buttons(moment, List.of()));
    new Orders(moment).show(new Target.Direct(user), "welcome", "", Priority.BACKGROUND, message);
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
    Set<String> viewers = viewers(moment).keySet();
    Identities.of(moment.tx(), person).stream()
        .map(UserRef::toString)
        .filter(viewers::contains)
        .forEach(user -> soon(moment, user));
  }

  private static void soon(Moment moment, String user) {
    Instant due = moment.now().plus(TOGETHER);
    boolean sooner =
        moment
            .tx()
            .timers()
            .find(TimerKinds.HOME, user)
            .filter(timer -> !timer.due().isAfter(due))
            .isPresent();
    if (!sooner) {
      show(moment, user, due);
    }
  }

  private static void show(Moment moment, String user, Instant at) {
    moment.tx().timers().set(new Timer(TimerKinds.HOME, user, Optional.empty(), at, Map.of()));
  }

  /** The next shift and the next day change a screen without anybody doing anything. */
  private static void showByItself(Moment moment, UserRef user) {
    ZoneId zone = zone(moment, user);
    Instant midnight =
        LocalDate.ofInstant(moment.now(), zone).plusDays(1).atStartOfDay(zone).toInstant();
    Instant next =
        moment.settings().schedules().stream()
            .map(schedule -> schedule.turnAt(moment.now()).until())
            .filter(midnight::isAfter)
            .min(Comparator.naturalOrder())
            .orElse(midnight);
    show(moment, user.toString(), next);
  }

  /** Fires when something has changed, or changes by itself. */
  void due(Moment moment, Timer timer) {
    if (viewers(moment).containsKey(timer.subject())) {
      Introductions.on(moment, user(timer.subject()).platform());
      showByItself(moment, user(timer.subject()));
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
    List<Incident> unclosed = unclosed(moment, user);
    List<HomeCalls.Waiting> waiting = HomeCalls.waiting(moment, user, unclosed);
    BotMessage home =
        view(moment, user, unclosed, waiting.stream().map(HomeCalls.Waiting::words).toList())
            .render(buttons(moment, waiting));
    String print = tokens.mint(SLOT, home.toString());
    boolean same = moment.tx().note(shownNote(user)).filter(print::equals).isPresent();
    return asked || !same ? Optional.of(home) : Optional.empty();
  }

  private List<Button> buttons(Moment moment, List<HomeCalls.Waiting> waiting) {
    List<Button> buttons = new ArrayList<>();
    for (HomeCalls.Waiting call : waiting) {
      List<Button> answers = call.buttons(moment, tokens, SLOT);
      if (buttons.size() + answers.size() <= MOST_ANSWERS) {
        buttons.addAll(answers);
      }
    }
    ButtonMint mint = new ButtonMint(moment, tokens, SLOT, Optional.empty());
    Map<String, String> form = Map.of("offer", "form");
    String declare = "Declare incident";
    buttons.add(
        buttons.isEmpty()
            ? mint.primary(declare, Press.DECLARE, Use.REPEATEDLY, form)
            : mint.button(declare, Press.DECLARE, Use.REPEATEDLY, form));
    return buttons;
  }

  /** Remembers what was shown. */
  void shown(Moment moment, UserRef user, BotMessage home) {
    moment.tx().keepNote(shownNote(user), tokens.mint(SLOT, home.toString()));
  }

  private static String shownNote(UserRef user) {
    return "home-shown/" + user;
  }

  private static List<Incident> unclosed(Moment moment, UserRef user) {
    return moment.tx().incidents().unclosed().stream()
        .filter(incident -> incident.visibleTo(Optional.of(user)))
        .toList();
  }

  private static HomeView view(
      Moment moment, UserRef user, List<Incident> unclosed, List<String> waiting) {
    Set<UserRef> selves = Identities.of(moment.tx(), user);
    List<Incident> mine = unclosed.stream().filter(incident -> isIn(incident, selves)).toList();
    long others =
        unclosed.stream()
            .filter(incident -> incident.status().isOpen())
            .filter(incident -> !isIn(incident, selves))
            .count();
    return new HomeView(
        selves,
        user.platform(),
        Notices.askedOf(moment, user),
        waiting,
        mine,
        (int) others,
        tasks(moment, user, unclosed),
        actions(moment, user),
        watches(moment, user),
        moment.settings().publicUrl(),
        LocalDate.ofInstant(moment.now(), zone(moment, user)));
  }

  private static boolean isIn(Incident incident, Set<UserRef> selves) {
    return incident.members().stream().anyMatch(selves::contains);
  }

  private static List<IncidentTask> tasks(Moment moment, UserRef user, List<Incident> unclosed) {
    Set<UserRef> selves = Identities.of(moment.tx(), user);
    Set<IncidentId> here = unclosed.stream().map(Incident::id).collect(Collectors.toSet());
    return OpenTasks.all(moment).allOpen(MOST_READ).stream()
        .filter(task -> task.owner().filter(owner -> selves.contains(owner.ref())).isPresent())
        .filter(task -> here.contains(task.incident()))
        .toList();
  }

  private static List<ActionItem> actions(Moment moment, UserRef user) {
    Set<UserRef> selves = Identities.of(moment.tx(), user);
    Set<Long> hidden = moment.tx().incidents().hiddenFrom(Optional.of(user));
    return moment.tx().all(ActionItem.class).allOpen(MOST_READ).stream()
        .filter(item -> item.owner().filter(owner -> selves.contains(owner.ref())).isPresent())
        .filter(item -> !hidden.contains(item.incident().number()))
        .toList();
  }

  private static List<HomeView.Watch> watches(Moment moment, UserRef user) {
    Set<UserRef> selves = Identities.of(moment.tx(), user);
    return moment.settings().schedules().stream()
        .map(
            schedule -> {
              var person =
                  People.configured(moment, user.platform(), schedule.onCallAt(moment.now()));
              boolean me = selves.contains(person.ref());
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
