// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.access.Level;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.http.spi.Accounts;
import dev.muster.http.spi.PagesFactory.Routes;
import dev.muster.incident.Actor;
import dev.muster.signin.ApiToken;
import dev.muster.signin.ApiTokens;
import dev.muster.signin.WebSession;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Who is signed in, and how sessions are ended, for pages and programs. */
final class AccountRoutes implements Accounts {

  private static final String ALERTS = "alerts:";

  private final SignIn signIn;
  private final ApiTokens tokens;
  private final TokenWishes wishes;

  AccountRoutes(SignIn signIn, ApiTokens tokens, TokenWishes wishes) {
    this.signIn = signIn;
    this.tokens = tokens;
    this.wishes = wishes;
  }

  void contribute(Routes routes) {
    routes.route("POST", "/account/sessions/end", this::endOwn);
    routes.route("POST", "/account/everybody/end", this::endAny);
    routes.route("POST", "/account/tokens/revoke", this::revoke);
    routes.route("GET", "/api/v1/sessions", this::list);
    routes.route("DELETE", "/api/v1/sessions/{id}", this::endByProgram);
  }

  @Override
  public Optional<Account> account(RouteRequest request) {
    return who(request)
        .map(
            known -> {
              WebSession session = known.session();
              return new Account(
                  session.name(),
                  session.level().word(),
                  session.level() == Level.ADMIN,
                  known.formToken(),
                  session.ends());
            });
  }

  private static Optional<Caller.SignedIn> who(RouteRequest request) {
    return request instanceof JavalinRequest ours && ours.caller() instanceof Caller.SignedIn known
        ? Optional.of(known)
        : Optional.empty();
  }

  @Override
  public List<Session> own(RouteRequest request) {
    String name = request.signedIn().orElse("");
    return everybody(request).stream().filter(each -> each.name().equals(name)).toList();
  }

  @Override
  public List<Session> everybody(RouteRequest request) {
    String here = who(request).map(known -> known.session().hash()).orElse("");
    return signIn.parts().sessions().open().stream().map(each -> shown(each, here)).toList();
  }

  private static Session shown(WebSession session, String here) {
    return new Session(
        session.id(),
        session.name(),
        session.level().word(),
        session.browser(),
        session.began(),
        session.seen(),
        session.hash().equals(here));
  }

  @Override
  public String provider() {
    return signIn.parts().settings().issuer().getHost();
  }

  @Override
  public boolean canLeaveProvider() {
    return signIn.parts().provider().signOutAddress("").isPresent();
  }

  @Override
  public List<Token> tokens() {
    Instant now = signIn.parts().clock().instant();
    return tokens.all().stream().map(token -> shown(token, now)).toList();
  }

  private static Token shown(ApiToken token, Instant now) {
    return new Token(
        token.id(),
        token.name(),
        token.may(),
        token.by(),
        token.created(),
        token.expires(),
        token.used(),
        token.flaw(now));
  }

  @Override
  public List<String> alertSources() {
    return wishes.sources().get();
  }

  @Override
  public NewToken makeToken(RouteRequest request) {
    JavalinRequest form = (JavalinRequest) request;
    Map<String, String> fields = new HashMap<>();
    for (String name : List.of("name", "expires")) {
      form.field(name).ifPresent(value -> fields.put(name, value));
    }
    String may = form.field("may").orElse("");
    boolean alerts = may.startsWith(ALERTS);
    fields.put(alerts ? "alerts" : "role", alerts ? may.substring(ALERTS.length()) : may);
    TokenWishes.Read read = wishes.of(fields);
    return read.wish()
        .map(wish -> tokens.make(wish, TokenRoutes.actor(request)))
        .map(made -> new NewToken(made.token().name(), made.secret(), ""))
        .orElseGet(() -> new NewToken("", "", read.problem().orElse("")));
  }

  private RouteAnswer revoke(RouteRequest request) {
    String id = ((JavalinRequest) request).field("id").orElse("");
    tokens.revoke(id, TokenRoutes.actor(request));
    return SignInRoutes.see("/account/tokens", List.of());
  }

  private RouteAnswer endOwn(RouteRequest request) {
    String name = request.signedIn().orElse("");
    String id = ((JavalinRequest) request).field("id").orElse("");
    end(request, each -> each.name().equals(name) && each.id().equals(id));
    return SignInRoutes.see("/account", List.of());
  }

  private RouteAnswer endAny(RouteRequest request) {
    JavalinRequest form = (JavalinRequest) request;
    String id = form.field("id").orElse("");
    String name = form.field("name").orElse("");
    end(request, each -> each.id().equals(id) || each.name().equals(name));
    return SignInRoutes.see("/account/everybody", List.of());
  }

  private int end(RouteRequest request, Predicate<WebSession> which) {
    List<WebSession> ended = signIn.parts().sessions().end(which);
    String by = request.signedIn().orElse("");
    ended.stream().map(WebSession::name).distinct().forEach(name -> journal(name, by));
    return ended.size();
  }

  private void journal(String name, String by) {
    Actor actor =
        by.isEmpty() ? new Actor.Bot() : new Actor.Human(new Person(new UserRef("web", by), by));
    String text =
        name.equals(by) ? name + " ended a session of theirs." : name + " was signed out.";
    signIn
        .parts()
        .journal()
        .accept(
            NewEntry.of(signIn.parts().clock().instant(), EntryKind.SIGNED_OUT, actor, text)
                .because("ended"));
  }

  private RouteAnswer list(RouteRequest request) {
    ObjectNode out = Answers.JSON.createObjectNode();
    ArrayNode items = out.putArray("items");
    for (Session each : everybody(request)) {
      items
          .addObject()
          .put("id", each.id())
          .put("name", each.name())
          .put("role", each.role())
          .put("browser", each.browser())
          .put("began", each.began().toString())
          .put("seen", each.seen().toString());
    }
    return Answers.json(200, out);
  }

  private RouteAnswer endByProgram(RouteRequest request) {
    String id = request.pathPart("id");
    return end(request, each -> each.id().equals(id)) == 0
        ? Answers.problem(404, "unknown_session", "There is no such session. It may have ended.")
        : Answers.json(200, Answers.JSON.createObjectNode().put("ok", true));
  }
}
