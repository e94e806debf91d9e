/** Problems of the documents service. */
export const documentProblems = {
  DOCUMENT_NOT_FOUND: [404, 'Document not found'],
  DOCUMENT_FORBIDDEN: [403, 'You may not do this with this document'],
  DOCUMENT_NOT_DELETED: [422, 'This document is not in the bin'],
  DEPARTMENT_NOT_YOURS: [422, 'You are not in this department'],
  VERSION_NOT_FOUND: [404, 'There is no such version'],
  COMMENT_NOT_FOUND: [404, 'Comment not found'],
  COMMENT_TOO_DEEP: [422, 'Replies to this comment go no deeper'],
  COMMENT_LIMIT: [422, 'There are too many replies'],
  SHARE_NOT_FOUND: [404, 'This is not shared with them'],
  SHARE_WITH_OWNER: [422, 'It is theirs already'],
  SHARE_LIMIT: [422, 'It is shared with too many people'],
  SHARE_RATE: [429, 'Too much was shared today'],
} as const;
