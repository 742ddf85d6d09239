// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

/**
 * One answer for every order there is. A method added here does not compile until everybody who
 * tells orders apart answers it; a test sees to it that each order has its method.
 *
 * @param <R> what an answer is
 */
public interface EffectHandler<R> {

  /** Answers {@link Effect.OpenChannel}. */
  R openChannel(Effect.OpenChannel order);

  /** Answers {@link Effect.SetTopic}. */
  R setTopic(Effect.SetTopic order);

  /** Answers {@link Effect.InvitePeople}. */
  R invitePeople(Effect.InvitePeople order);

  /** Answers {@link Effect.ShowMessage}. */
  R showMessage(Effect.ShowMessage order);

  /** Answers {@link Effect.PinMessage}. */
  R pinMessage(Effect.PinMessage order);

  /** Answers {@link Effect.TellPerson}. */
  R tellPerson(Effect.TellPerson order);

  /** Answers {@link Effect.OpenForm}. */
  R openForm(Effect.OpenForm order);

  /** Answers {@link Effect.AddReaction}. */
  R addReaction(Effect.AddReaction order);

  /** Answers {@link Effect.AddBookmark}. */
  R addBookmark(Effect.AddBookmark order);

  /** Answers {@link Effect.RemoveBookmark}. */
  R removeBookmark(Effect.RemoveBookmark order);

  /** Answers {@link Effect.WithdrawMessage}. */
  R withdrawMessage(Effect.WithdrawMessage order);

  /** Answers {@link Effect.LeaveChannel}. */
  R leaveChannel(Effect.LeaveChannel order);

  /** Answers {@link Effect.OpenThread}. */
  R openThread(Effect.OpenThread order);

  /** Answers {@link Effect.JoinChannel}. */
  R joinChannel(Effect.JoinChannel order);

  /** Answers {@link Effect.ArchiveChannel}. */
  R archiveChannel(Effect.ArchiveChannel order);

  /** Answers {@link Effect.UnarchiveChannel}. */
  R unarchiveChannel(Effect.UnarchiveChannel order);

  /** Answers {@link Effect.PostDocument}. */
  R postDocument(Effect.PostDocument order);

  /** Answers {@link Effect.ReadHistory}. */
  R readHistory(Effect.ReadHistory order);

  /** Answers {@link Effect.ReadAgain}. */
  R readAgain(Effect.ReadAgain order);

  /** Answers {@link Effect.ReadMessage}. */
  R readMessage(Effect.ReadMessage order);

  /** Answers {@link Effect.ShowHome}. */
  R showHome(Effect.ShowHome order);

  /** Answers {@link Effect.UpdateForm}. */
  R updateForm(Effect.UpdateForm order);

  /** Answers {@link Effect.ShowLink}. */
  R showLink(Effect.ShowLink order);

  /** Answers {@link Effect.CheckMembers}. */
  R checkMembers(Effect.CheckMembers order);

  /** Answers {@link Effect.FindPerson}. */
  R findPerson(Effect.FindPerson order);

  /** Answers {@link Effect.CallStep}. */
  R callStep(Effect.CallStep order);

  /** Gives an order to the method that answers it. */
  default R handle(Effect order) {
    if (order instanceof Effect.OpenChannel e) {
      return openChannel(e);
    }
    if (order instanceof Effect.SetTopic e) {
      return setTopic(e);
    }
    if (order instanceof Effect.InvitePeople e) {
      return invitePeople(e);
    }
    if (order instanceof Effect.ShowMessage e) {
      return showMessage(e);
    }
    if (order instanceof Effect.PinMessage e) {
      return pinMessage(e);
    }
    if (order instanceof Effect.TellPerson e) {
      return tellPerson(e);
    }
    if (order instanceof Effect.OpenForm e) {
      return openForm(e);
    }
    if (order instanceof Effect.AddReaction e) {
      return addReaction(e);
    }
    if (order instanceof Effect.AddBookmark e) {
      return addBookmark(e);
    }
    return handleChannel(order);
  }

  private R handleChannel(Effect order) {
    if (order instanceof Effect.RemoveBookmark e) {
      return removeBookmark(e);
    }
    if (order instanceof Effect.WithdrawMessage e) {
      return withdrawMessage(e);
    }
    if (order instanceof Effect.LeaveChannel e) {
      return leaveChannel(e);
    }
    if (order instanceof Effect.OpenThread e) {
      return openThread(e);
    }
    if (order instanceof Effect.JoinChannel e) {
      return joinChannel(e);
    }
    if (order instanceof Effect.ArchiveChannel e) {
      return archiveChannel(e);
    }
    if (order instanceof Effect.UnarchiveChannel e) {
      return unarchiveChannel(e);
    }
    if (order instanceof Effect.PostDocument e) {
      return postDocument(e);
    }
    if (order instanceof Effect.ReadHistory e) {
      return readHistory(e);
    }
    return handleScreen(order);
  }

  private R handleScreen(Effect order) {
    if (order instanceof Effect.ReadAgain e) {
      return readAgain(e);
    }
    if (order instanceof Effect.ReadMessage e) {
      return readMessage(e);
    }
    if (order instanceof Effect.ShowHome e) {
      return showHome(e);
    }
    if (order instanceof Effect.UpdateForm e) {
      return updateForm(e);
    }
    if (order instanceof Effect.ShowLink e) {
      return showLink(e);
    }
    if (order instanceof Effect.CheckMembers e) {
      return checkMembers(e);
    }
    if (order instanceof Effect.FindPerson e) {
      return findPerson(e);
    }
    return callStep((Effect.CallStep) order);
  }
}
