// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.command.EscalationTarget;
import dev.muster.command.Intent;
import dev.muster.command.IntentHandler;
import dev.muster.command.Outward;
import dev.muster.command.PaperIntent;
import dev.muster.command.TaskIntent;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent.Field;
import dev.muster.incident.IncidentStatus;
import java.util.Optional;

/** Hands each verb to the desk that carries it out. */
final class Verbs implements IntentHandler<Void> {

  private final Exchange exchange;
  private final Optional<Incident> here;
  private final Desks desks;

  Verbs(Exchange exchange, Optional<Incident> here, Desks desks) {
    this.exchange = exchange;
    this.here = here;
    this.desks = desks;
  }

  private Incident incident() {
    return here.orElseThrow();
  }

  /** Whoever wants into a duplicate, or its news, gets to the incident that stayed. */
  private Incident goesOn() {
    return Merged.goesOn(exchange.moment(), incident(), exchange.by().person().ref());
  }

  @Override
  public Void help(Intent.Help wish) {
    desks.query().help(exchange, wish.verb(), here);
    return null;
  }

  @Override
  public Void showStatus(Intent.ShowStatus wish) {
    desks.query().status(exchange, incident(), wish.publicly());
    return null;
  }

  @Override
  public Void listIncidents(Intent.ListIncidents wish) {
    desks.query().list(exchange, wish.which());
    return null;
  }

  @Override
  public Void offerDeclaration(Intent.OfferDeclaration wish) {
    desks.declare().offer(exchange, wish.title(), wish.options());
    return null;
  }

  @Override
  public Void declare(Intent.Declare wish) {
    desks.declare().declare(exchange, wish.title(), wish.options());
    return null;
  }

  @Override
  public Void changeSeverity(Intent.ChangeSeverity wish) {
    desks.change().changeSeverity(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void assignRole(Intent.AssignRole wish) {
    desks.change().assign(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void releaseRole(Intent.ReleaseRole wish) {
    desks.change().release(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void showRoles(Intent.ShowRoles wish) {
    desks.query().roles(exchange, incident());
    return null;
  }

  @Override
  public Void join(Intent.Join wish) {
    desks.change().join(exchange, goesOn());
    return null;
  }

  @Override
  public Void invite(Intent.Invite wish) {
    desks.change().invite(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void changeTitle(Intent.ChangeTitle wish) {
    desks.change().describe(exchange, incident(), Field.TITLE, wish.title().text());
    return null;
  }

  @Override
  public Void describeImpact(Intent.DescribeImpact wish) {
    desks.change().describe(exchange, incident(), Field.IMPACT, wish.words());
    return null;
  }

  @Override
  public Void nameServices(Intent.NameServices wish) {
    desks
        .change()
        .describe(exchange, incident(), Field.SERVICES, String.join(", ", wish.services()));
    return null;
  }

  @Override
  public Void postUpdate(Intent.PostUpdate wish) {
    desks.updates().update(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void promiseUpdate(Intent.PromiseUpdate wish) {
    desks.change().promise(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void showTimeline(Intent.ShowTimeline wish) {
    desks.query().timeline(exchange, incident());
    return null;
  }

  @Override
  public Void exportTimeline(PaperIntent.ExportTimeline wish) {
    Documents.export(exchange, incident());
    return null;
  }

  @Override
  public Void addToTimeline(Intent.AddToTimeline wish) {
    desks.notes().note(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void addAction(Intent.AddAction wish) {
    desks.notes().addAction(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void listActions(Intent.ListActions wish) {
    desks.query().actions(exchange, incident());
    return null;
  }

  @Override
  public Void finishAction(Intent.FinishAction wish) {
    desks.notes().finishAction(exchange, incident(), wish.number());
    return null;
  }

  @Override
  public Void addTask(TaskIntent.AddTask wish) {
    desks.tasks().add(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void listTasks(TaskIntent.ListTasks wish) {
    desks.tasks().list(exchange, incident());
    return null;
  }

  @Override
  public Void takeTask(TaskIntent.TakeTask wish) {
    desks.tasks().take(exchange, incident(), wish.number());
    return null;
  }

  @Override
  public Void giveTask(TaskIntent.GiveTask wish) {
    desks.tasks().give(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void finishTask(TaskIntent.FinishTask wish) {
    desks.tasks().finish(exchange, incident(), wish.number());
    return null;
  }

  @Override
  public Void advance(Intent.Advance wish) {
    Incident now = desks.change().advance(exchange, incident(), wish.to(), wish.text().orElse(""));
    if (now.status() == IncidentStatus.RESOLVED && incident().status().isOpen()) {
      desks.tasks().remind(exchange, now);
    }
    return null;
  }

  @Override
  public Void reopen(Intent.Reopen wish) {
    desks.change().reopen(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void close(Intent.Close wish) {
    desks.change().close(exchange, incident(), wish.closing(), wish.text().orElse(""));
    return null;
  }

  @Override
  public Void cancel(Intent.Cancel wish) {
    Closing closing = Closing.as(Closing.Reason.FALSE_ALARM);
    desks.change().close(exchange, incident(), closing, wish.reason());
    return null;
  }

  @Override
  public Void showPostmortem(Intent.ShowPostmortem wish) {
    desks.postmortems().show(exchange, incident());
    return null;
  }

  @Override
  public Void draftPostmortem(PaperIntent.DraftPostmortem wish) {
    desks.postmortems().draft(exchange, incident());
    return null;
  }

  @Override
  public Void editPostmortem(PaperIntent.EditPostmortem wish) {
    desks.postmortems().edits().edit(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void publishPostmortem(PaperIntent.PublishPostmortem wish) {
    desks.postmortems().ask(exchange, incident());
    return null;
  }

  @Override
  public Void listRunbooks(Intent.ListRunbooks wish) {
    desks.query().runbooks(exchange);
    return null;
  }

  @Override
  public Void startRunbook(Intent.StartRunbook wish) {
    desks.runbooks().start(exchange, incident(), wish.name(), wish.parameters());
    return null;
  }

  @Override
  public Void rollBack(Intent.RollBack wish) {
    desks.runbooks().rollBack(exchange, incident(), wish.service(), wish.version());
    return null;
  }

  @Override
  public Void escalate(Intent.Escalate wish) {
    NamedTargets named = NamedTargets.of(exchange, incident(), wish.target());
    if (named.rejection().isPresent()) {
      exchange.refuse(named.rejection().get());
    } else if (named.people().isEmpty()) {
      boolean word = wish.target() instanceof EscalationTarget.Perhaps;
      String reason = word ? wish.words() : wish.reason().orElse("");
      desks.escalations().escalate(exchange, incident(), reason);
    } else {
      desks
          .escalations()
          .calls()
          .askNamed(exchange, incident(), named.people(), wish.reason().orElse(""));
    }
    return null;
  }

  @Override
  public Void page(Outward.Page wish) {
    new Pages(desks.escalations().calls()).page(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void acknowledge(Intent.Acknowledge wish) {
    desks.escalations().acknowledge(exchange, incident(), desks.lifecycle());
    return null;
  }

  @Override
  public Void subscribe(Outward.Subscribe wish) {
    Subscriptions.subscribe(exchange, goesOn());
    return null;
  }

  @Override
  public Void shareLink(Outward.ShareLink wish) {
    desks.links().share(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void unsubscribe(Outward.Unsubscribe wish) {
    Subscriptions.unsubscribe(exchange, incident());
    return null;
  }

  @Override
  public Void setCall(Outward.SetCall wish) {
    desks.links().setCall(exchange, incident(), wish.url());
    return null;
  }

  @Override
  public Void showCall(Outward.ShowCall wish) {
    LinksDesk.showCall(exchange, incident());
    return null;
  }

  @Override
  public Void openSpace(Outward.OpenSpace wish) {
    desks.spaces().open(exchange, incident(), wish.platform());
    return null;
  }

  @Override
  public Void linkPerson(Outward.LinkPerson wish) {
    desks.identities().link(exchange, wish);
    return null;
  }

  @Override
  public Void unlinkPerson(Outward.UnlinkPerson wish) {
    desks.identities().unlink(exchange, wish);
    return null;
  }

  @Override
  public Void changeVisibility(Outward.ChangeVisibility wish) {
    desks.privacy().change(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void merge(Outward.Merge wish) {
    desks.merge().merge(exchange, incident(), wish);
    return null;
  }

  @Override
  public Void showVersion(Outward.ShowVersion wish) {
    exchange.tell("Muster " + exchange.moment().settings().version());
    return null;
  }
}
