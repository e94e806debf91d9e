import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { LinkAnchor, LinkButton } from '../../shared/links.tsx';
import { Logo } from '../../shared/logo.tsx';
import { Page } from '../../shared/page.tsx';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { documentQuery } from './document-query.ts';
import { DocumentReader } from './document-reader.tsx';
import classes from './public-page.module.css';

const route = getRouteApi('/d/$docId');

/** A public document, for whoever is not signed in. */
export function PublicDocumentPage() {
  const { docId } = route.useParams();
  const { data, error, refetch } = useQuery(documentQuery(docId));
  return (
    <>
      <Group component="header" justify="space-between" className={classes.head}>
        <LinkAnchor to="/" underline="never" c="inherit">
          <Logo />
        </LinkAnchor>
        <LinkButton to="/sign-in" search={{ next: `/documents/${docId}` }} variant="default" size="xs">
          {texts.auth.signIn}
        </LinkButton>
      </Group>
      <main>
        <Page>
          {!data && error === null && <RowsSkeleton rows={5} height={64} />}
          {!data && error !== null && <LoadFailed error={error} onRetry={() => void refetch()} />}
          {data && (
            <>
              <PageTitle documentTitle={data.title}>{data.title}</PageTitle>
              <DocumentReader document={data} />
            </>
          )}
        </Page>
      </main>
    </>
  );
}
