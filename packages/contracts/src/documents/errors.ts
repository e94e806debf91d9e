/** Problems of the documents service. */
export const documentProblems = {
  DOCUMENT_NOT_FOUND: [404, 'Document not found'],
  DOCUMENT_FORBIDDEN: [403, 'You may not do this with this document'],
  DOCUMENT_NOT_DELETED: [422, 'This document is not in the bin'],
  VERSION_NOT_FOUND: [404, 'There is no such version'],
  COMMENT_NOT_FOUND: [404, 'Comment not found'],
  COMMENT_TOO_DEEP: [422, 'Replies to this comment go no deeper'],
  SHARE_NOT_FOUND: [404, 'This is not shared with them'],
  SHARE_WITH_OWNER: [422, 'It is theirs already'],
  SHARE_LIMIT: [422, 'It is shared with too many people'],
} as const;
