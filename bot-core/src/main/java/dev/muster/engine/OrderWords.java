// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.Effect;
import dev.muster.effect.EffectHandler;

/** What people are told an order was about, as the beginning of a sentence. Pure. */
final class OrderWords implements EffectHandler<String> {

  private static final OrderWords FOR_ALL = new OrderWords();

  private OrderWords() {}

  /** Returns the words, such as <i>Opening the channel</i>. */
  static String of(Effect effect) {
    return FOR_ALL.handle(effect);
  }

  @Override
  public String openChannel(Effect.OpenChannel order) {
    return "Opening the channel";
  }

  @Override
  public String setTopic(Effect.SetTopic order) {
    return "Setting the topic";
  }

  @Override
  public String invitePeople(Effect.InvitePeople order) {
    return "Inviting people";
  }

  @Override
  public String showMessage(Effect.ShowMessage order) {
    return "Posting a message";
  }

  @Override
  public String pinMessage(Effect.PinMessage order) {
    return "Pinning a message";
  }

  @Override
  public String tellPerson(Effect.TellPerson order) {
    return "Telling somebody privately";
  }

  @Override
  public String openForm(Effect.OpenForm order) {
    return "Opening a form";
  }

  @Override
  public String addReaction(Effect.AddReaction order) {
    return "Putting a reaction on a message";
  }

  @Override
  public String addBookmark(Effect.AddBookmark order) {
    return "Putting a link at the head of the channel";
  }

  @Override
  public String removeBookmark(Effect.RemoveBookmark order) {
    return "Taking a link from the head of the channel";
  }

  @Override
  public String withdrawMessage(Effect.WithdrawMessage order) {
    return "Taking back a message of the bot's";
  }

  @Override
  public String leaveChannel(Effect.LeaveChannel order) {
    return "Closing #" + order.name() + ", where the incident was before,";
  }

  @Override
  public String openThread(Effect.OpenThread order) {
    return "Going on in the thread of the announcement";
  }

  @Override
  public String joinChannel(Effect.JoinChannel order) {
    return "Coming back into the channel";
  }

  @Override
  public String archiveChannel(Effect.ArchiveChannel order) {
    return "Archiving the channel";
  }

  @Override
  public String unarchiveChannel(Effect.UnarchiveChannel order) {
    return "Opening the archived channel again";
  }

  @Override
  public String postDocument(Effect.PostDocument order) {
    return "Posting the " + order.document();
  }

  @Override
  public String readHistory(Effect.ReadHistory order) {
    return "Reading what was missed";
  }

  @Override
  public String readAgain(Effect.ReadAgain order) {
    return "Reading the channel once more";
  }

  @Override
  public String readMessage(Effect.ReadMessage order) {
    return "Reading a marked message";
  }

  @Override
  public String showHome(Effect.ShowHome order) {
    return "Showing somebody's screen";
  }

  @Override
  public String updateForm(Effect.UpdateForm order) {
    return "Changing an open form";
  }

  @Override
  public String showLink(Effect.ShowLink order) {
    return "Showing a card under a link";
  }

  @Override
  public String checkMembers(Effect.CheckMembers order) {
    return "Comparing who is in the channel";
  }

  @Override
  public String findPerson(Effect.FindPerson order) {
    return "Finding out who somebody is";
  }

  @Override
  public String callStep(Effect.CallStep order) {
    return "Step " + order.step();
  }
}
