// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

/**
 * One answer for every intent there is; a new intent does not compile until everybody has one.
 *
 * @param <R> what an answer is
 */
public interface IntentHandler<R> {

  /** Answers {@link Intent.Help}. */
  R help(Intent.Help wish);

  /** Answers {@link Intent.ShowStatus}. */
  R showStatus(Intent.ShowStatus wish);

  /** Answers {@link Intent.ListIncidents}. */
  R listIncidents(Intent.ListIncidents wish);

  /** Answers {@link Intent.OfferDeclaration}. */
  R offerDeclaration(Intent.OfferDeclaration wish);

  /** Answers {@link Intent.Declare}. */
  R declare(Intent.Declare wish);

  /** Answers {@link Intent.ChangeSeverity}. */
  R changeSeverity(Intent.ChangeSeverity wish);

  /** Answers {@link Intent.AssignRole}. */
  R assignRole(Intent.AssignRole wish);

  /** Answers {@link Intent.ReleaseRole}. */
  R releaseRole(Intent.ReleaseRole wish);

  /** Answers {@link Intent.ShowRoles}. */
  R showRoles(Intent.ShowRoles wish);

  /** Answers {@link Intent.Join}. */
  R join(Intent.Join wish);

  /** Answers {@link Intent.Invite}. */
  R invite(Intent.Invite wish);

  /** Answers {@link Intent.ChangeTitle}. */
  R changeTitle(Intent.ChangeTitle wish);

  /** Answers {@link Intent.DescribeImpact}. */
  R describeImpact(Intent.DescribeImpact wish);

  /** Answers {@link Intent.NameServices}. */
  R nameServices(Intent.NameServices wish);

  /** Answers {@link Intent.PostUpdate}. */
  R postUpdate(Intent.PostUpdate wish);

  /** Answers {@link Intent.PromiseUpdate}. */
  R promiseUpdate(Intent.PromiseUpdate wish);

  /** Answers {@link Intent.ShowTimeline}. */
  R showTimeline(Intent.ShowTimeline wish);

  /** Answers {@link Intent.AddToTimeline}. */
  R addToTimeline(Intent.AddToTimeline wish);

  /** Answers {@link Intent.AddAction}. */
  R addAction(Intent.AddAction wish);

  /** Answers {@link Intent.ListActions}. */
  R listActions(Intent.ListActions wish);

  /** Answers {@link Intent.FinishAction}. */
  R finishAction(Intent.FinishAction wish);

  /** Answers {@link Intent.Advance}. */
  R advance(Intent.Advance wish);

  /** Answers {@link Intent.Reopen}. */
  R reopen(Intent.Reopen wish);

  /** Answers {@link Intent.Close}. */
  R close(Intent.Close wish);

  /** Answers {@link Intent.Cancel}. */
  R cancel(Intent.Cancel wish);

  /** Answers {@link Intent.ShowPostmortem}. */
  R showPostmortem(Intent.ShowPostmortem wish);

  /** Answers {@link Intent.ListRunbooks}. */
  R listRunbooks(Intent.ListRunbooks wish);

  /** Answers {@link Intent.StartRunbook}. */
  R startRunbook(Intent.StartRunbook wish);

  /** Answers {@link Intent.RollBack}. */
  R rollBack(Intent.RollBack wish);

  /** Answers {@link Intent.Escalate}. */
  R escalate(Intent.Escalate wish);

  /** Answers {@link Outward.Page}. */
  R page(Outward.Page wish);

  /** Answers {@link Intent.Acknowledge}. */
  R acknowledge(Intent.Acknowledge wish);

  /** Answers {@link Outward.Subscribe}. */
  R subscribe(Outward.Subscribe wish);

  /** Answers {@link Outward.Unsubscribe}. */
  R unsubscribe(Outward.Unsubscribe wish);

  /** Answers {@link Outward.ShareLink}. */
  R shareLink(Outward.ShareLink wish);

  /** Answers {@link Outward.SetCall}. */
  R setCall(Outward.SetCall wish);

  /** Answers {@link Outward.ShowCall}. */
  R showCall(Outward.ShowCall wish);

  /** Answers {@link Outward.OpenSpace}. */
  R openSpace(Outward.OpenSpace wish);

  /** Answers {@link Outward.LinkPerson}. */
  R linkPerson(Outward.LinkPerson wish);

  /** Answers {@link Outward.UnlinkPerson}. */
  R unlinkPerson(Outward.UnlinkPerson wish);

  /** Answers {@link Outward.ChangeVisibility}. */
  R changeVisibility(Outward.ChangeVisibility wish);

  /** Answers {@link Outward.Merge}. */
  R merge(Outward.Merge wish);

  /** Answers {@link Outward.ShowVersion}. */
  R showVersion(Outward.ShowVersion wish);

  /** Answers {@link PaperIntent.ExportTimeline}. */
  R exportTimeline(PaperIntent.ExportTimeline wish);

  /** Answers {@link PaperIntent.DraftPostmortem}. */
  R draftPostmortem(PaperIntent.DraftPostmortem wish);

  /** Answers {@link PaperIntent.EditPostmortem}. */
  R editPostmortem(PaperIntent.EditPostmortem wish);

  /** Answers {@link PaperIntent.PublishPostmortem}. */
  R publishPostmortem(PaperIntent.PublishPostmortem wish);

  /** Answers {@link TaskIntent.AddTask}. */
  R addTask(TaskIntent.AddTask wish);

  /** Answers {@link TaskIntent.ListTasks}. */
  R listTasks(TaskIntent.ListTasks wish);

  /** Answers {@link TaskIntent.TakeTask}. */
  R takeTask(TaskIntent.TakeTask wish);

  /** Answers {@link TaskIntent.GiveTask}. */
  R giveTask(TaskIntent.GiveTask wish);

  /** Answers {@link TaskIntent.FinishTask}. */
  R finishTask(TaskIntent.FinishTask wish);
}
