from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0013_research_notice_in_each_language'),
    ]

    operations = [
        migrations.AddField(
            model_name='workshop',
            name='client_id',
            field=models.UUIDField(editable=False, help_text='Of the form that made it.', null=True, unique=True),
        ),
        migrations.AddField(
            model_name='session',
            name='client_id',
            field=models.UUIDField(editable=False, help_text='Of the form that made it.', null=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='client_id',
            field=models.UUIDField(editable=False, help_text='Of the form that made it.', null=True),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('workshop', 'client_id'), name='session_once_per_form'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('workshop', 'client_id'), name='activity_once_per_form'),
        ),
    ]
