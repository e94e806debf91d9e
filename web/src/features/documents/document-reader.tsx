import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import type { Document } from '../../shared/api.ts';
import { texts } from '../../shared/texts.ts';
import { DocumentText } from './document-text.tsx';

const t = texts.documents;

/** Who wrote a document, its tags and its text, where it cannot be edited. */
export function DocumentReader({ document }: { document: Document }) {
  const { access, owner, tags } = document;
  const note = access === 'read' || access === 'comment' ? t.readOnly[access] : null;
  return (
    <Stack>
      <Group gap="xs">
        <Text size="sm" c="dimmed" className="break-words">
          {t.publicLead(owner?.name ?? t.someone)}
          {note !== null && `. ${note}`}
        </Text>
        {tags.map((tag) => (
          <Badge key={tag} variant="default" tt="none" fw={500}>
            {tag}
          </Badge>
        ))}
      </Group>
      <Paper p={{ base: 'md', sm: 'xl' }} component="article">
        <DocumentText text={document.content} />
      </Paper>
    </Stack>
  );
}
